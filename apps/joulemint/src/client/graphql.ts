import { JoulemintError } from "@joulemint/protocol/JoulemintError";

/** Asks the factory's GraphQL API. Fails with GRAPHQL_FAILED on the first error of the answer. */
export async function graphql<Data>(url: string, query: string, variables: object = {}): Promise<Data> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await response.json()) as { data?: Data; errors?: { message: string }[] };
  if (errors?.[0] !== undefined) throw new JoulemintError("GRAPHQL_FAILED", { message: errors[0].message });
  return data as Data;
}
