/**
 * `data/hardware_catalog.json` as it is written. `*_alt` is a source that disagrees; what nobody states is null or
 * absent.
 */
export interface HardwareFile {
  /** What each short name of a source stands for. */
  readonly sources: Readonly<Record<string, string>>;
  readonly chips: readonly ChipRow[];
  readonly systems: readonly SystemRow[];
  readonly inferencex_tco_and_power: {
    readonly as_of: string;
    readonly unit: string;
    readonly note: string;
    readonly rows: readonly GpuHourRow[];
  };
  readonly model_shapes: readonly ModelRow[];
}

export interface ChipRow {
  readonly id: string;
  readonly vendor: string;
  readonly arch: string;
  readonly year: number;
  readonly src: readonly string[];
  readonly transistors_e9?: number | null;
  readonly mem_gb?: number | null;
  readonly mem_gb_alt?: number;
  readonly mem_type?: string;
  readonly mem_bw_TBps?: number | null;
  readonly mem_bw_TBps_alt?: number;
  readonly bf16_dense_tflops?: number | null;
  readonly fp8_dense_tflops?: number | null;
  readonly fp8_dense_tflops_alt?: number;
  readonly fp4_dense_tflops?: number | null;
  readonly fp4_dense_tflops_alt?: number;
  readonly fp4_dense_tflops_third_party?: number;
  readonly fp4_inference_tflops_vendor?: number;
  readonly scaleup?: string;
  readonly scaleup_bidir_GBps?: number;
  readonly tdp_w?: number | null;
  readonly tdp_w_alt?: number;
  readonly confidence?: string;
  readonly notes?: string;
}

export interface SystemRow {
  readonly id: string;
  readonly chip: string;
  readonly src: string;
  readonly gpus?: number;
  readonly lpus?: number;
  readonly cpus?: number;
  readonly fp4_pflops_dense?: number;
  readonly fp4_pflops_sparse?: number;
  readonly fp4_inference_pflops_vendor?: number;
  readonly mem_total_tb?: number;
  readonly mem_bw_total_TBps?: number;
  readonly nvlink_total_TBps?: number;
  readonly price_usd_estimates?: readonly number[];
  readonly all_in_usd_bernstein?: number;
  readonly infra_usd_bernstein?: number;
  readonly hbm_tb?: number;
  readonly fast_memory_tb?: number;
  readonly rack_power_kw?: number;
  readonly rack_power_kw_alt?: number;
  readonly rack_power_kw_range?: readonly number[];
  readonly max_power_kw?: number;
  readonly notes?: string;
}

export interface GpuHourRow {
  readonly gpu: string;
  readonly all_in_kw: number;
  readonly hyperscaler: number;
  readonly neocloud: number;
  readonly rental_3yr: number;
}

export interface ModelRow {
  readonly id: string;
  readonly total_b: number;
  readonly active_b: number;
  readonly layers: number;
  readonly kv_heads?: number;
  readonly head_dim?: number;
  readonly mla_latent_dim?: number;
  readonly attention: string;
  readonly kv_bytes_per_token_bf16: number;
}
