/** A made-up graph of a size, the same for every page that is measured. */

export interface MadeGraph {
  readonly nodes: { readonly key: string; readonly attributes: Readonly<Record<string, unknown>> }[];
  readonly edges: {
    readonly key: string;
    readonly source: string;
    readonly target: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

const KINDS = ["Person", "Company", "Product", "Partnership"];

export function madeGraph(nodes: number, edges: number): MadeGraph {
  let seed = 7;
  const random = (): number => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  return {
    nodes: Array.from({ length: nodes }, (_, at) => ({
      key: `n${at}`,
      attributes: { name: at % 2 ? `公司 ${at}` : `Entity ${at}`, kinds: [KINDS[at % 4]!], claims: 1 },
    })),
    edges: Array.from({ length: edges }, (_, at) => ({
      key: `e${at}`,
      source: `n${Math.floor(random() ** 2 * nodes)}`,
      target: `n${Math.floor(random() * nodes)}`,
      attributes: { predicate: "PARTNERS_WITH", claims: [], documents: 1 },
    })),
  };
}
