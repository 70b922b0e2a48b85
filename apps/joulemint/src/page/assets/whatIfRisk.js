import { riskOf } from "./whatIf.ts";

self.onmessage = ({ data: { request, values } }) => {
  try {
    const { outcomes, ...risk } = riskOf(values);
    postMessage({ request, risk });
  } catch (error) {
    postMessage({ request, wrong: error.message });
  }
};
