/** The drawing itself: a sigma renderer over a graph of display values. It holds no markup and knows no view. */
import Sigma from "sigma";
import { drawBadges, drawLabels, drawWords } from "./annotations";
import type { Content, ContentEdge, ContentNode } from "./content";
import { DrawnGraph } from "./drawn-graph";
import { patternEdgeProgram } from "./edge-program";
import { type Emphasis, EVEN } from "./emphasis";
import type { Box, PlacedLabel } from "./labels";
import type { Places } from "./layout";
import { GlyphNodeProgram } from "./node-program";
import { GLYPHS, mix, PATTERNS, type Palette } from "./palette";

export interface StageLook {
  readonly palette: Palette;
  readonly emphasis: Emphasis;
  readonly pinned: ReadonlySet<string>;
}

export interface Insets {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** Beyond so many edges, lines are straight and drawn with fewer corners. */
const MANY_EDGES = 3000;
const FONT =
  '500 12.5px system-ui, -apple-system, "Segoe UI", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif';

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
    GlyphNodeProgram.mark = channels(look.palette.mark);
    let hasDropped = false;
    this.graph.silently(() => {
      hasDropped = this.graph.order > 0 && this.dropMissing(content);
      for (const node of content.nodes.values()) this.putNode(node, places);
      const type = content.edges.size > MANY_EDGES ? "line" : "curve";
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
    if (this.graph.hasNode(node.id)) Object.assign(this.graph.getNodeAttributes(node.id), this.nodeLook(node));
    else {
      const [x, y] = places[node.id] ?? [0, 0];
      this.graph.addNode(node.id, { ...this.nodeLook(node), x, y });
    }
  }

  private putEdge(edge: ContentEdge, type: string): void {
    const look = { ...this.edgeLook(edge), type };
    if (this.graph.hasEdge(edge.key)) Object.assign(this.graph.getEdgeAttributes(edge.key), look);
    else this.graph.addDirectedEdgeWithKey(edge.key, edge.source, edge.target, look);
  }

  private nodeLook(node: ContentNode) {
    const { palette, emphasis, pinned } = this.look;
    const stands = emphasis.nodes === null || emphasis.nodes.has(node.id);
    const colour = palette.kinds[node.glyph];
    const isSelected = emphasis.selected === node.id;
    return {
      type: "glyph",
      size: node.radius,
      glyph: GLYPHS[node.glyph],
      color: stands ? colour : mix(colour, palette.background, 0.32),
      ring: palette.accent,
      signs: (isSelected ? 1 : 0) + (pinned.has(node.id) ? 2 : 0),
      zIndex: isSelected ? 3 : stands ? 2 : 1,
    };
  }

  private edgeLook(edge: ContentEdge) {
    const { palette, emphasis } = this.look;
    const lit = emphasis.edges.has(edge.key);
    const faded = emphasis.nodes !== null && !lit;
    const colour = palette.edges[edge.standing];
    const strong = edge.standing === "ended" ? colour : mix(colour, palette.ink, 0.62);
    return {
      size:
        (edge.standing === "rumoured" ? 1.9 : 1.1 + Math.min(1.4, 0.35 * Math.max(0, edge.documents - 1))) +
        (lit ? 0.8 : 0),
      color:
        emphasis.selected === edge.key
          ? palette.accent
          : lit
            ? strong
            : faded
              ? mix(colour, palette.background, 0.3)
              : colour,
      pattern: PATTERNS[edge.standing],
      bend: edge.bend,
      arrow: edge.directed ? 1 : 0,
      zIndex: lit ? 2 : faded ? 0 : 1,
    };
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
    this.hovered = { node, edge };
    this.renderer.scheduleRender();
  }

  private annotate(): void {
    const canvas = this.renderer.getCanvases().labels;
    const context = canvas?.getContext("2d");
    if (!context) return;
    context.font = FONT;
    this.placed = drawLabels(this, context);
    drawWords(this, context, this.placed);
    drawBadges(this, context);
  }

  kill(): void {
    cancelAnimationFrame(this.animation);
    this.renderer.kill();
  }
}

export const EVEN_LOOK = (palette: Palette): StageLook => ({ palette, emphasis: EVEN, pinned: new Set() });

function channels(colour: string): readonly [number, number, number] {
  const channel = (at: number): number => Number.parseInt(colour.slice(at, at + 2), 16) / 255;
  return [channel(1), channel(3), channel(5)];
}
