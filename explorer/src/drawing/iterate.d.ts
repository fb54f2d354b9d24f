/** The step of ForceAtlas2 itself, which its package exports without types. */
declare module "graphology-layout-forceatlas2/iterate.js" {
  interface Settings {
    readonly linLogMode: boolean;
    readonly outboundAttractionDistribution: boolean;
    readonly adjustSizes: boolean;
    readonly edgeWeightInfluence: number;
    readonly scalingRatio: number;
    readonly strongGravityMode: boolean;
    readonly gravity: number;
    readonly slowDown: number;
    readonly barnesHutOptimize: boolean;
    readonly barnesHutTheta: number;
  }

  /** Moves every body once. Ten numbers a body, three an edge, whose ends are the places of their bodies' first numbers. */
  export default function iterate(settings: Settings, bodies: Float32Array, edges: Float32Array): void;
}
