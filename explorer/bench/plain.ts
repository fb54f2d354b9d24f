/** Sigma as it comes, over the graph that the explorer is measured with: what its figures are set against. */
import { MultiDirectedGraph } from "graphology";
import Sigma from "sigma";
import { madeGraph } from "./graph";

const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

let renderer: Sigma | null = null;

async function draw(nodes: number, edges: number): Promise<number> {
  const made = madeGraph(nodes, edges);
  const started = performance.now();
  const graph = new MultiDirectedGraph();
  made.nodes.forEach(({ key, attributes }, at) => {
    const away = Math.sqrt(at);
    graph.addNode(key, {
      x: Math.cos(at * GOLDEN_ANGLE) * away,
      y: Math.sin(at * GOLDEN_ANGLE) * away,
      size: 4,
      label: String(attributes.name),
      color: "#2d6a8f",
    });
  });
  for (const { key, source, target } of made.edges) graph.addDirectedEdgeWithKey(key, source, target, { size: 1 });
  renderer = new Sigma(graph, document.querySelector<HTMLElement>("#place")!, { enableEdgeEvents: true });
  await new Promise((later) => requestAnimationFrame(() => requestAnimationFrame(later)));
  return performance.now() - started;
}

Object.assign(window, { plain: { draw, refresh: () => renderer?.refresh(), camera: () => renderer?.getCamera() } });
