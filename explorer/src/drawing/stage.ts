/** The drawing itself: a sigma renderer over a graph of display values. It holds no markup and knows no view. */
import Sigma from "sigma";
import { createNormalizationFunction } from "sigma/utils";
import { drawBadges } from "./badges";
import type { Content, ContentEdge, ContentNode } from "./content";
import { DrawnGraph } from "./drawn-graph";
import { patternEdgeProgram } from "./edge-program";
import { EVEN } from "./emphasis";
import type { Box, PlacedLabel } from "./labels";
import type { Places } from "./layout";
import { drawLit, fadeBehind } from "./lit";
import { edgeLook, FAINT, nodeLook, type StageLook, shareOfSize } from "./looks";
import { drawNames } from "./names";
import { GlyphNodeProgram, NoHoverProgram } from "./node-program";
import { bindPicking } from "./picking";
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
/** More nodes than this do not glide. */
const MOST_GLIDING = 2000;
const CURVES = { curve: patternEdgeProgram(14) };
const LINES = { ...CURVES, line: patternEdgeProgram(1) };

interface Move {
  readonly id: string;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
}

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
  /** Where nodes that are gliding go. */
  private heading: ReadonlyMap<string, readonly [number, number]> = new Map();

  constructor(container: HTMLElement, look: StageLook) {
    this.look = look;
    this.renderer = new Sigma(this.graph, container, {
      nodeProgramClasses: { glyph: GlyphNodeProgram },
      nodeHoverProgramClasses: { glyph: NoHoverProgram },
      edgeProgramClasses: CURVES,
      defaultNodeType: "glyph",
      defaultEdgeType: "curve",
      renderLabels: false,
      enableEdgeEvents: true,
      defaultDrawNodeHover: () => {},
      zIndex: true,
      stagePadding: 0,
      minCameraRatio: 0.05,
      maxCameraRatio: 6,
      doubleClickTimeout: 500,
      doubleClickZoomingDuration: 0,
      allowInvalidContainer: true,
    });
    container.classList.add("is-blank");
    this.renderer.on("afterRender", () => this.annotate());
    bindPicking(this.renderer);
  }

  /** The area that fills the drawing at the first zoom, in the pixels that layouts are made in. */
  setArea(width: number, height: number): void {
    const [x, y] = [width / 2, height / 2];
    this.renderer.setCustomBBox({ x: [-x, x], y: [-y, y] });
    this.normalised = createNormalizationFunction({ x: [-x, x], y: [-y, y] });
  }

  private normalised = createNormalizationFunction({ x: [0, 1], y: [0, 1] });

  /** Where a node is for the camera, or will be when it has come to rest; also before sigma has read the graph. */
  framed(id: string): { readonly x: number; readonly y: number } | undefined {
    if (!this.graph.hasNode(id)) return undefined;
    const { x, y } = this.graph.getNodeAttributes(id);
    const [restX, restY] = this.heading.get(id) ?? [x, y];
    return this.normalised({ x: restX, y: restY });
  }

  /** Draws a content in a look, each node at its place. `aim` may turn the camera, so that it need not be drawn twice. */
  show(content: Content, places: Places, look: StageLook, aim = (): void => {}): void {
    this.halt();
    this.content = content;
    this.look = look;
    this.setInk();
    const type = this.edgeType();
    if (type === "line" && this.renderer.getSetting("edgeProgramClasses") !== LINES)
      this.renderer.setSetting("edgeProgramClasses", LINES);
    let hasDropped = false;
    this.graph.silently(() => {
      hasDropped = this.graph.order > 0 && this.dropMissing(content);
      for (const node of content.nodes.values()) this.putNode(node, places[node.id]);
      for (const edge of content.edges.values()) {
        if (this.graph.hasNode(edge.source) && this.graph.hasNode(edge.target)) this.putEdge(edge, type);
      }
    });
    // As after a clearing, sigma forgets what it pointed at. Then it reads the whole graph, at once: cameras ask where nodes are.
    if (hasDropped) this.graph.emit("cleared");
    aim();
    this.renderer.refresh();
    this.renderer.getContainer().classList.remove("is-blank");
  }

  private dropMissing(content: Content): boolean {
    const edges = this.graph.filterEdges((key) => !content.edges.has(key));
    const nodes = this.graph.filterNodes((id) => !content.nodes.has(id));
    for (const key of edges) this.graph.dropEdge(key);
    for (const id of nodes) this.graph.dropNode(id);
    return edges.length + nodes.length > 0;
  }

  // Attributes are changed in place: nobody listens, and a large graph has too many to copy each.
  private putNode(node: ContentNode, at?: readonly [number, number]): void {
    const look = nodeLook(node, this.paintedLook, this.share);
    const place = at ? { x: at[0], y: at[1] } : {};
    if (this.graph.hasNode(node.id)) Object.assign(this.graph.getNodeAttributes(node.id), look, place);
    else this.graph.addNode(node.id, { x: 0, y: 0, ...look, ...place });
  }

  private putEdge(edge: ContentEdge, type: string): void {
    const look = { ...edgeLook(edge, this.paintedLook, this.share), type };
    if (this.graph.hasEdge(edge.key)) Object.assign(this.graph.getEdgeAttributes(edge.key), look);
    else this.graph.addDirectedEdgeWithKey(edge.key, edge.source, edge.target, look);
  }

  /** Another look over the same content: only what stands out, or did, is told to sigma; the programs fade the rest. */
  restyle(look: StageLook): void {
    const before = this.look;
    this.look = look;
    this.setInk();
    if (this.isLarge && before.palette === look.palette) this.annotate();
    else this.repaint(before);
  }

  private repaint(before: StageLook): void {
    const { nodes, edges } = this.changed(before, this.look);
    this.graph.silently(() => {
      for (const id of nodes) this.putNode(this.content.nodes.get(id)!);
      for (const key of edges) this.putEdge(this.content.edges.get(key)!, this.edgeType());
    });
    this.renderer.refresh();
  }

  /** So large that what stands out is drawn over the painted lines instead of with them. */
  private get isLarge(): boolean {
    return this.content.edges.size > MANY_EDGES;
  }

  private get share(): number {
    return shareOfSize(this.content.nodes.size);
  }

  /** The look of what sigma paints. */
  private get paintedLook(): StageLook {
    return this.isLarge ? { ...this.look, emphasis: EVEN } : this.look;
  }

  /** How a line looks on the screen, whoever draws it. */
  seenEdge(edge: ContentEdge): ReturnType<typeof edgeLook> {
    return edgeLook(edge, this.look, this.share);
  }

  seenNode(node: ContentNode): ReturnType<typeof nodeLook> {
    return nodeLook(node, this.look, this.share);
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
    const isFading = emphasis.nodes !== null;
    setInk({ mark: palette.mark, background: palette.background, isFading: isFading && !this.isLarge, faint: FAINT });
    fadeBehind(this, isFading && this.isLarge);
  }

  private edgeType(): string {
    return this.isLarge ? "line" : "curve";
  }

  /** Moves nodes to new places at once. */
  moveTo(places: Places, aim = (): void => {}): void {
    this.halt();
    this.step(this.movesTo(places), 1, aim);
  }

  /** Moves nodes to new places in many small steps; too many of them at once. */
  glideTo(places: Places): void {
    this.halt();
    const moves = this.movesTo(places);
    if (moves.length > MOST_GLIDING) this.step(moves, 1);
    else if (moves.length > 0) {
      this.heading = new Map(moves.map(({ id, to }) => [id, to]));
      this.glide(moves, performance.now());
    }
  }

  private halt(): void {
    cancelAnimationFrame(this.animation);
    this.heading = new Map();
  }

  private glide(moves: readonly Move[], start: number): void {
    this.animation = requestAnimationFrame((now) => {
      const share = Math.min(1, Math.max(0, now - start) / 420);
      this.step(moves, 1 - (1 - share) ** 3);
      if (share < 1) this.glide(moves, start);
      else this.halt();
    });
  }

  private movesTo(places: Places): Move[] {
    const moves = Object.entries(places).flatMap(([id, to]) => {
      if (!this.graph.hasNode(id)) return [];
      const { x, y } = this.graph.getNodeAttributes(id);
      return [{ id, from: [x, y] as const, to }];
    });
    return moves.filter(({ from, to }) => from[0] !== to[0] || from[1] !== to[1]);
  }

  private step(moves: readonly Move[], share: number, aim = (): void => {}): void {
    for (const { id, from, to } of moves) {
      const [x, y] = share === 1 ? to : [from[0] + (to[0] - from[0]) * share, from[1] + (to[1] - from[1]) * share];
      if (this.graph.hasNode(id)) Object.assign(this.graph.getNodeAttributes(id), { x, y });
    }
    aim();
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
    if (this.isLarge) drawLit(this, context);
    this.placed = drawNames(this, context);
    drawWords(this, context, this.placed);
    drawBadges(this, context);
  }

  kill(): void {
    this.halt();
    this.renderer.kill();
  }
}
