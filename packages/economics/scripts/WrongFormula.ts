/** A formula got wrong on purpose: `search` occurs once in `src/file`, and its test is beside it unless `test` says where. */
export type WrongFormula = {
  readonly file: string;
  readonly search: string;
  readonly replace: string;
  readonly test?: string;
};

export const wrong = (file: string, search: string, replace: string, test?: string): WrongFormula =>
  test === undefined ? { file, search, replace } : { file, search, replace, test };

export const testOf = ({ file, test }: WrongFormula): string => test ?? file.replace(/\.ts$/, ".test.ts");
