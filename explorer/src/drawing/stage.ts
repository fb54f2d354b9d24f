/** The drawing itself: a sigma renderer over a graph of display values. It holds no markup and knows no view. */
import Sigma from "sigma";
import { drawBadges } from "./badges";
import type { Content, ContentEdge, ContentNode } from "./content";
import { DrawnGraph } from "./drawn-graph";
import { patternEdgeProgram } from "./edge-program";
import type { Box, PlacedLabel } from "./labels";
import type { Places } from "./layout";
import { edgeLook, FAINT, nodeLook, type StageLook } from "./looks";
import { drawNames } from "./names";
import { GlyphNodeProgram } from "./node-program";
import { setInk } from "./shading";
import { drawWords } from "./words-on-lines";

export interface Insets {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Beyond so many edges, lines are straight and drawn with fewer corners. */
const MANY_EDGES = 3000;

export class Stage {
  readonly graph = new DrawnGraph();
  readonly renderer: Sigma;
  content: Content = { nodes: new Map(), edges: new Map() };
  look: StageLook;
  hovered: { readonly node: string | null; readonly edge: string | null } = { node: null, edge: null };
  insets: Insets = { left: 0, top: 0, right: 0, bottom: 0 };
  /** Areas of the drawing that controls cover; names keep out of them. */
  covered: readonly Box[] = [];
  placed: readonly PlacedLabel[] = [];
  private animation = 0;

  constructor(container: HTMLElement, look: StageLook) {
    this.look = look;
    this.renderer = new Sigma(this.graph, container, {
      nodeProgramClasses: { glyph: GlyphNodeProgram },
      nodeHoverProgramClasses: { glyph: GlyphNodeProgram },
      edgeProgramClasses: { curve: patternEdgeProgram(14), line: patternEdgeProgram(1) },
      defaultNodeType: "glyph",
      defaultEdgeType: "curve",
      renderLabels: false,
      enableEdgeEvents: true,
      defaultDrawNodeHover: () => {},
      zIndex: true,
      stagePadding: 0,
      minCameraRatio: 0.05,
      maxCameraRatio: 6,
      doubleClickZoomingDuration: 0,
      allowInvalidContainer: true,
    });
    this.renderer.on("afterRender", () => this.annotate());
  }

  /** The area that fills the drawing at the first zoom, in the pixels that layouts are made in. */
  setArea(width: number, height: number): void {
    const [x, y] = [width / 2, height / 2];
    this.renderer.setCustomBBox({ x: [-x, x], y: [-y, y] });
  }

  /** Draws a content in a look: what left goes, what came appears at its place, what stayed does not move. */
  show(content: Content, places: Places, look: StageLook): void {
    this.content = content;
    this.look = look;
    this.setInk();
    let hasDropped = false;
    this.graph.silently(() => {
      hasDropped = this.graph.order > 0 && this.dropMissing(content);
      for (const node of content.nodes.values()) this.putNode(node, places);
      const type = this.edgeType();
      for (const edge of content.edges.values()) {
        if (this.graph.hasNode(edge.source) && this.graph.hasNode(edge.target)) this.putEdge(edge, type);
      }
    });
    // As after a clearing, sigma forgets what it pointed at. Then it reads the whole graph, at once: cameras ask where nodes are.
    if (hasDropped) this.graph.emit("cleared");
    this.renderer.refresh();
  }

  private dropMissing(content: Content): boolean {
    const edges = this.graph.filterEdges((key) => !content.edges.has(key));
    const nodes = this.graph.filterNodes((id) => !content.nodes.has(id));
    for (const key of edges) this.graph.dropEdge(key);
    for (const id of nodes) this.graph.dropNode(id);
    return edges.length + nodes.length > 0;
  }

  // Attributes are changed in place: nobody listens, and a large graph has too many to copy each.
  private putNode(node: ContentNode, places: Places): void {
    if (this.graph.hasNode(node.id)) Object.assign(this.graph.getNodeAttributes(node.id), nodeLook(node, this.look));
    else {
      const [x, y] = places[node.id] ?? [0, 0];
      this.graph.addNode(node.id, { ...nodeLook(node, this.look), x, y });
    }
  }

  private putEdge(edge: ContentEdge, type: string): void {
    const look = { ...edgeLook(edge, this.look), type };
    if (this.graph.hasEdge(edge.key)) Object.assign(this.graph.getEdgeAttributes(edge.key), look);
    else this.graph.addDirectedEdgeWithKey(edge.key, edge.source, edge.target, look);
  }

  /** Another look over the same content: only what stands out, or did, is told to sigma; the programs fade the rest. */
  restyle(look: StageLook): void {
    const before = this.look;
    this.look = look;
    this.setInk();
    const { nodes, edges } = this.changed(before, look);
    this.graph.silently(() => {
      for (const id of nodes) this.putNode(this.content.nodes.get(id)!, {});
      for (const key of edges) this.putEdge(this.content.edges.get(key)!, this.edgeType());
    });
    // In a small graph what stands out is also drawn above the rest, which takes reading the graph anew.
    if (this.content.edges.size <= MANY_EDGES) this.renderer.refresh();
    else this.renderer.refresh({ partialGraph: { nodes, edges }, skipIndexation: true, schedule: true });
  }

  private changed(before: StageLook, after: StageLook): { readonly nodes: string[]; readonly edges: string[] } {
    if (before.palette !== after.palette) return { nodes: this.graph.nodes(), edges: this.graph.edges() };
    const touched = (looks: readonly StageLook[]) =>
      looks.flatMap(({ emphasis, pinned }) => [...(emphasis.nodes ?? []), ...pinned, emphasis.selected ?? ""]);
    const lines = [before, after].flatMap(({ emphasis }) => [...emphasis.edges, emphasis.selected ?? ""]);
    return {
      nodes: [...new Set(touched([before, after]))].filter((id) => this.graph.hasNode(id)),
      edges: [...new Set(lines)].filter((key) => this.graph.hasEdge(key)),
    };
  }

  /** Nodes of the present content, the weightiest first. */
  byWeight(): readonly string[] {
    if (this.ranked.content !== this.content) {
      const ids = [...this.content.nodes.values()].sort((a, b) => b.weight - a.weight).map(({ id }) => id);
      this.ranked = { content: this.content, ids };
    }
    return this.ranked.ids;
  }

  private ranked: { readonly content: Content | null; readonly ids: readonly string[] } = { content: null, ids: [] };

  private setInk(): void {
    const { palette, emphasis } = this.look;
    setInk({ mark: palette.mark, background: palette.background, isFading: emphasis.nodes !== null, faint: FAINT });
  }

  private edgeType(): string {
    return this.content.edges.size > MANY_EDGES ? "line" : "curve";
  }

  /** Moves nodes to new places: gliding, or at once where the person asked for less motion. */
  moveTo(places: Places, smoothly: boolean): Promise<void> {
    cancelAnimationFrame(this.animation);
    const moves = Object.entries(places)
      .filter(([id]) => this.graph.hasNode(id))
      .map(([id, to]) => {
        const { x, y } = this.graph.getNodeAttributes(id);
        return { id, from: [x, y] as const, to };
      })
      .filter(({ from, to }) => from[0] !== to[0] || from[1] !== to[1]);
    if (moves.length === 0) return Promise.resolve();
    if (!smoothly || moves.length > 2000) {
      this.step(moves, 1);
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const start = performance.now();
      const tick = (now: number): void => {
        const share = Math.min(1, Math.max(0, now - start) / 420);
        this.step(moves, 1 - (1 - share) ** 3);
        if (share < 1) this.animation = requestAnimationFrame(tick);
        else resolve();
      };
      this.animation = requestAnimationFrame(tick);
    });
  }

  private step(
    moves: readonly { id: string; from: readonly [number, number]; to: readonly [number, number] }[],
    share: number,
  ): void {
    const at = new Map(
      moves.map(({ id, from, to }) => [
        id,
        share === 1 ? to : ([from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share] as const),
      ]),
    );
    for (const [id, [x, y]] of at)
      if (this.graph.hasNode(id)) Object.assign(this.graph.getNodeAttributes(id), { x, y });
    this.renderer.refresh();
  }

  /** Where every drawn node is, in layout pixels. */
  places(): Record<string, readonly [number, number]> {
    return Object.fromEntries(this.graph.mapNodes((id, { x, y }) => [id, [x, y] as const]));
  }

  hover(node: string | null, edge: string | null): void {
    if (node === this.hovered.node && edge === this.hovered.edge) return;
    this.hovered = { node, edge };
    this.annotate();
  }

  /** Writes names and signs anew over the lines and shapes, which stay as they were drawn. */
  annotate(): void {
    const context = this.renderer.getCanvases().labels?.getContext("2d");
    if (!context) return;
    const { width, height } = this.renderer.getDimensions();
    context.clearRect(0, 0, width, height);
    this.placed = drawNames(this, context);
    drawWords(this, context, this.placed);
    drawBadges(this, context);
  }

  kill(): void {
    cancelAnimationFrame(this.animation);
    this.renderer.kill();
  }
}
