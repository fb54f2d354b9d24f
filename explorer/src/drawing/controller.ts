/** Keeps the drawing in step with the session: what is shown, where it is, how it looks. No markup. */
import type { Actions } from "../controls/actions";
import { type Session, shownNow, viewOf } from "../state/session";
import type { View } from "../state/view";
import { entryOf, ontologyWord, sayIn, type Word } from "../words/words";
import { fit, isMostlyHidden, reveal } from "./camera";
import { type Content, contentOf, type Wording } from "./content";
import { emphasisOf } from "./emphasis";
import type { Box } from "./labels";
import { iterationsFor, type LayoutResult, type LayoutTask, type Pair, type Places } from "./layout";
import { LayoutClient } from "./layout-client";
import { EVEN_LOOK, type StageLook } from "./looks";
import { nameWidth } from "./names";
import { PALETTES, type Theme } from "./palette";
import { bindPointer } from "./pointer";
import { radialPlaces } from "./radial";
import { type Insets, Stage } from "./stage";

/** More new nodes than this are painted before they are laid out. */
const AT_ONCE = 1500;
const GOLDEN_ANGLE = Math.PI * (3 - Math.sqrt(5));

export class DrawingController {
  readonly stage: Stage;
  private readonly layout = new LayoutClient();
  /** Places in the free layout; they outlive hiding, so that what comes back is where it was. */
  private places: Record<string, readonly [number, number]> = {};
  private scale: number | null = null;
  private relayouts = 0;
  private drawn: View | null = null;
  private turn = 0;
  private settledTurn = 0;
  private readonly stopListening: () => void;

  constructor(
    container: HTMLElement,
    private readonly session: Session,
    readonly actions: Actions,
    private theme: () => Theme,
  ) {
    this.stage = new Stage(container, EVEN_LOOK(PALETTES[theme()]));
    bindPointer(this.stage, actions, (id) => this.actions.pin(id, this.placeOf(id)));
    this.stopListening = session.store.subscribe(() => void this.sync());
    void this.sync();
  }

  /** How far controls reach into the drawing, so that what matters stays clear of them. */
  setSurroundings(insets: Insets, covered: readonly Box[]): void {
    const isSame = sameBoxes([insets, ...covered], [this.stage.insets, ...this.stage.covered]);
    this.stage.insets = insets;
    this.stage.covered = covered;
    if (!isSame) this.stage.annotate();
  }

  /** Whether every change so far has been drawn and laid out. */
  get isSettled(): boolean {
    return this.settledTurn === this.turn && this.awaited === 0;
  }

  /** Whether anything was drawn so far. */
  get hasPicture(): boolean {
    return this.stage.content.nodes.size > 0;
  }

  private async sync(): Promise<void> {
    const turn = ++this.turn;
    const view = viewOf(this.session);
    const content = this.contentNow();
    const asksAnew = this.session.store.get().relayouts !== this.relayouts;
    this.relayouts = this.session.store.get().relayouts;
    if (asksAnew) this.forgetPlaces(view);
    if (content.nodes.size > 0 && !(await this.hasPlaces(content, view))) return;
    if (turn !== this.turn) return;
    const isFirst = this.stage.graph.order === 0;
    this.draw(content, view, asksAnew);
    // The first picture is fitted whole; the camera follows only what is chosen after it.
    if (!isFirst) this.follow(view);
    this.drawn = view;
    this.settledTurn = turn;
  }

  /** The content is made anew only when what is shown, or how it is said, is another value. */
  private contentNow(): Content {
    const { ontology, language, version } = this.session.store.get();
    const causes = [shownNow(this.session), ontology, language, version];
    if (!this.madeOf.every((cause, at) => cause === causes[at])) {
      this.content = contentOf(shownNow(this.session), this.session.knowledge, this.wording());
      this.madeOf = causes;
    }
    return this.content;
  }

  /** Layouts of large graphs under way while their nodes are already painted. */
  private awaited = 0;
  private content: Content = { nodes: new Map(), edges: new Map() };
  private madeOf: readonly unknown[] = [null];

  private forgetPlaces(view: View): void {
    this.places = { ...view.pinned };
    this.scale = null;
    this.underWay = null;
  }

  private wording(): Wording {
    const { ontology, language } = this.session.store.get();
    return {
      language,
      predicate: (name) => ontologyWord(ontology, "predicates", name, language),
      isSymmetric: (predicate) => entryOf(ontology, "predicates", predicate)?.symmetric === true,
    };
  }

  /** Lays out what has no place yet; false when a newer layout has overtaken this one. */
  private async hasPlaces(content: Content, view: View): Promise<boolean> {
    if (this.scale !== null && [...content.nodes.keys()].every((id) => this.places[id])) return true;
    const { underWay } = this;
    if (underWay && underWay.pinned === view.pinned && sameNodes(underWay.content, content)) return underWay.done;
    const done = this.layOutFree(content, view);
    this.underWay = { content, pinned: view.pinned, done };
    return done.finally(() => {
      if (this.underWay?.done === done) this.underWay = null;
    });
  }

  /** The layout that is awaited; what changes meanwhile but brings no other node waits for the same. */
  private underWay: (Pick<View, "pinned"> & { readonly content: Content; readonly done: Promise<boolean> }) | null =
    null;

  private draw(content: Content, view: View, asksAnew: boolean): void {
    const isFirst = this.drawn === null || !this.staysAny(content);
    const look = this.look(content, view);
    if (!isFirst && !asksAnew && !this.isMoved(content, view)) {
      if (look !== this.stage.look) this.stage.restyle(look);
      return;
    }
    const targets = view.layout === "radial" ? this.radial(content, view) : { ...this.places, ...view.pinned };
    const smoothly = !isFirst && this.isSmooth();
    const refits = isFirst || asksAnew || this.drawn?.layout !== view.layout;
    const appearing = [...content.nodes.keys()].filter((id) => !this.stage.graph.hasNode(id));
    const aim = (): void => {
      if (refits || isMostlyHidden(this.stage, appearing)) fit(this.stage, smoothly);
    };
    if (smoothly) this.glide(content, appearing, targets, look, aim);
    else this.stage.show(content, targets, look, aim);
  }

  private glide(
    content: Content,
    appearing: readonly string[],
    targets: Places,
    look: StageLook,
    aim: () => void,
  ): void {
    this.stage.show(content, { ...targets, ...this.stage.places(), ...this.birthplaces(appearing, content) }, look);
    this.stage.glideTo(targets);
    aim();
  }

  /** Whether anything that is drawn stays. */
  private staysAny(content: Content): boolean {
    return this.stage.graph.someNode((id) => content.nodes.has(id));
  }

  /** Whether anything comes, goes or moves; if not, only the look can differ. */
  private isMoved(content: Content, view: View): boolean {
    if (content !== this.stage.content || view.layout !== this.drawn?.layout || view.pinned !== this.drawn.pinned)
      return true;
    return view.layout === "radial" && centreOf(view, content) !== centreOf(this.drawn, content);
  }

  /** The same look as before where nothing that decides it is another value. */
  private look(content: Content, view: View): StageLook {
    const { chosen } = this.session.store.get();
    const causes = [content, view.selection?.id, view.focus, chosen, this.theme(), view.pinned];
    if (this.lookOf.every((cause, at) => cause === causes[at])) return this.stage.look;
    this.lookOf = causes;
    const emphasis = emphasisOf(content, view.selection, view.focus, chosen);
    return { palette: PALETTES[this.theme()], emphasis, pinned: new Set(Object.keys(view.pinned)) };
  }

  private lookOf: readonly unknown[] = [null];

  private async layOutFree(content: Content, view: View): Promise<boolean> {
    const { width, height } = this.stage.renderer.getDimensions();
    const { left, top, right, bottom } = this.stage.insets;
    if (this.scale === null) this.stage.setArea(width, height);
    const nodes = [...content.nodes.values()].map((node) => {
      const at = view.pinned[node.id] ?? this.places[node.id] ?? null;
      return { id: node.id, radius: node.radius, label: nameWidth(node.label, node.radius), at, fixed: at !== null };
    });
    const wide = Math.max(320, width - left - right - 190);
    const task: LayoutTask = {
      nodes,
      edges: pairsOf(content),
      centre: centreOf(view, content),
      width: wide,
      height: Math.min(wide * 1.5, Math.max(300, height - top - bottom - 120)),
      scale: nodes.some(({ fixed }) => fixed) ? this.scale : null,
      iterations: iterationsFor(
        nodes.length,
        nodes.some(({ fixed }) => fixed),
      ),
    };
    if (nodes.filter(({ fixed }) => !fixed).length > AT_ONCE) return this.layOutLater(task);
    const result = await this.layout.run(task);
    if (result) this.accept(task, result);
    return result !== null;
  }

  private accept({ nodes }: LayoutTask, { places, scale }: LayoutResult): void {
    for (const { id, fixed } of nodes) if (!fixed) this.places[id] = places[id]!;
    this.scale = scale;
  }

  /** A large graph is painted first, each node somewhere fixed, and takes its layout when that is ready. */
  private layOutLater(task: LayoutTask): boolean {
    const reach = Math.max(task.width, task.height) / 2;
    task.nodes.forEach(({ id, fixed }, at) => {
      const [angle, away] = [at * GOLDEN_ANGLE, reach * Math.sqrt(at / task.nodes.length)];
      if (!fixed) this.places[id] = [Math.cos(angle) * away, Math.sin(angle) * away];
    });
    this.scale ??= 1;
    this.awaited++;
    void this.moveLater(task).finally(() => this.awaited--);
    return true;
  }

  /** The layout begins after the picture, whose processor it would take. */
  private async moveLater(task: LayoutTask): Promise<void> {
    const result = await this.layout.run(task, painted());
    if (!result) return;
    this.accept(task, result);
    this.stage.moveTo(result.places, () => fit(this.stage, false));
  }

  private radial(content: Content, view: View): Places {
    return radialPlaces(centreOf(view, content), [...content.nodes.keys()], pairsOf(content));
  }

  /** What appears comes out of a neighbour that is already drawn. */
  private birthplaces(appearing: readonly string[], content: Content): Places {
    const from: Record<string, readonly [number, number]> = {};
    if (appearing.length === 0) return from;
    const waiting = new Set(appearing);
    for (const { source, target } of content.edges.values()) {
      for (const [id, other] of [
        [source, target],
        [target, source],
      ] as const) {
        if (waiting.has(id) && this.stage.graph.hasNode(other)) from[id] = this.placeOf(other);
      }
    }
    return from;
  }

  private placeOf(id: string): readonly [number, number] {
    const { x, y } = this.stage.graph.getNodeAttributes(id);
    return [x, y];
  }

  /** The camera moves only to what the person chose and cannot see. */
  private follow(view: View): void {
    const { chosen } = this.session.store.get();
    if (this.drawn === null) return;
    const { selection, focus } = view;
    if (chosen && chosen !== this.followed)
      fit(
        this.stage,
        this.isSmooth(),
        [...chosen].filter((id) => this.stage.graph.hasNode(id)),
      );
    else if (focus && focus !== this.drawn.focus) fit(this.stage, this.isSmooth(), this.around(focus));
    else if (selection?.type === "node" && selection.id !== this.drawn.selection?.id) this.revealSelected(selection.id);
    this.followed = chosen;
  }

  private followed: ReadonlySet<string> | null = null;

  private revealSelected(id: string): void {
    if (this.stage.graph.hasNode(id)) reveal(this.stage, id, this.isSmooth());
  }

  private around(id: string): string[] {
    return this.stage.graph.hasNode(id) ? [id, ...this.stage.graph.neighbors(id)] : [];
  }

  isSmooth(): boolean {
    return !window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  }

  /** Says in words what is drawn, for those who do not see it. */
  summary(): string {
    const { language } = this.session.store.get();
    const word: Word = this.stage.content.nodes.size === 0 ? "drawing.empty" : "drawing.summary";
    return sayIn(language)(word, { nodes: this.stage.content.nodes.size, edges: this.stage.content.edges.size });
  }

  redress(): void {
    void this.sync();
  }

  kill(): void {
    this.stopListening();
    this.layout.stop();
    this.stage.kill();
  }
}

/** Resolves once what was drawn now is on the screen. */
function painted(): Promise<number> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
}

function sameNodes(some: Content, others: Content): boolean {
  return some.nodes.size === others.nodes.size && [...some.nodes.keys()].every((id) => others.nodes.has(id));
}

function sameBoxes(some: readonly Insets[], others: readonly Insets[]): boolean {
  return some.length === others.length && some.every((box, at) => sameBox(box, others[at]!));
}

function sameBox(a: Insets, b: Insets): boolean {
  return a.left === b.left && a.top === b.top && a.right === b.right && a.bottom === b.bottom;
}

function pairsOf(content: Content): Pair[] {
  return [...content.edges.values()].map(({ source, target }) => [source, target] as const);
}

function centreOf(view: View, content: Content): string {
  const named = [view.focus, view.expansions[0]?.id, view.selection?.id, view.extra[0]];
  return named.find((id): id is string => id !== null && id !== undefined && content.nodes.has(id)) ?? firstOf(content);
}

function firstOf(content: Content): string {
  return content.nodes.keys().next().value ?? "";
}
