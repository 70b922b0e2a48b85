import type { Fields, Kind } from "./checkRow.ts";

// Wide enough for what is sold or announced, and too narrow for another unit: MB for GB, MW for kW, cents for dollars.
const COUNT: Kind = [1, 1024];
const GIGABYTES: Kind = [0.1, 4096];
const TERABYTES_PER_SECOND: Kind = [0.1, 500];
const TERAFLOPS: Kind = [50, 200_000];
const PETAFLOPS: Kind = [10, 50_000];
const CHIP_WATTS: Kind = [50, 5000];
const RACK_KILOWATTS = [1, 1000] as const;
const TERABYTES: Kind = [0.1, 1000];
const RACK_TERABYTES_PER_SECOND: Kind = [1, 5000];
const RACK_DOLLARS = [10_000, 20_000_000] as const;
const DOLLARS_PER_HOUR: Kind = [0.05, 50];

/** The fields of each table of `data/hardware_catalog.json`; the unit is in the name or beside the constant. */
export const hardwareFields = {
  chips: {
    required: { id: "text", vendor: "text", arch: "text", year: [2010, 2040], src: "texts" },
    optional: {
      process: "text",
      transistors_e9: [1, 5000],
      mem_gb: GIGABYTES,
      mem_gb_alt: GIGABYTES,
      mem_type: "text",
      mem_bw_TBps: TERABYTES_PER_SECOND,
      mem_bw_TBps_alt: TERABYTES_PER_SECOND,
      bf16_dense_tflops: TERAFLOPS,
      fp8_dense_tflops: TERAFLOPS,
      fp8_dense_tflops_alt: TERAFLOPS,
      fp4_dense_tflops: TERAFLOPS,
      fp4_dense_tflops_alt: TERAFLOPS,
      fp4_dense_tflops_third_party: TERAFLOPS,
      fp4_inference_tflops_vendor: TERAFLOPS,
      fp4_train_tflops_vendor: TERAFLOPS,
      scaleup: "text",
      scaleup_bidir_GBps: [10, 20_000],
      tdp_w: CHIP_WATTS,
      tdp_w_alt: CHIP_WATTS,
      confidence: "text",
      notes: "text",
    },
  },
  systems: {
    required: { id: "text", chip: "text", src: "text" },
    optional: {
      gpus: COUNT,
      lpus: COUNT,
      cpus: COUNT,
      max_power_kw: RACK_KILOWATTS,
      rack_power_kw: RACK_KILOWATTS,
      rack_power_kw_alt: RACK_KILOWATTS,
      rack_power_kw_range: [...RACK_KILOWATTS, "each"],
      mem_total_tb: TERABYTES,
      hbm_tb: TERABYTES,
      lpddr_tb: TERABYTES,
      fast_memory_tb: TERABYTES,
      sram_gb: GIGABYTES,
      mem_bw_total_TBps: RACK_TERABYTES_PER_SECOND,
      nvlink_total_TBps: RACK_TERABYTES_PER_SECOND,
      scaleup_TBps: RACK_TERABYTES_PER_SECOND,
      fp4_pflops_dense: PETAFLOPS,
      fp4_pflops_sparse: PETAFLOPS,
      fp8_pflops_dense: PETAFLOPS,
      fp8_pflops_sparse: PETAFLOPS,
      fp4_inference_pflops_vendor: PETAFLOPS,
      fp4_train_pflops_vendor: PETAFLOPS,
      price_usd_estimates: [...RACK_DOLLARS, "each"],
      all_in_usd_bernstein: RACK_DOLLARS,
      infra_usd_bernstein: RACK_DOLLARS,
      notes: "text",
    },
  },
  hours: {
    required: {
      gpu: "text",
      all_in_kw: [0.1, 10],
      hyperscaler: DOLLARS_PER_HOUR,
      neocloud: DOLLARS_PER_HOUR,
      rental_3yr: DOLLARS_PER_HOUR,
    },
    optional: {},
  },
  models: {
    required: {
      id: "text",
      total_b: [0.01, 100_000],
      active_b: [0.01, 100_000],
      layers: [1, 1000],
      attention: "text",
      kv_bytes_per_token_bf16: [1, 10_000_000],
    },
    optional: { kv_heads: [1, 1024], head_dim: [1, 4096], mla_latent_dim: [1, 65_536] },
  },
} as const satisfies Readonly<Record<string, Fields>>;
