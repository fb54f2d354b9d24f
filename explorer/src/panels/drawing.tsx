/** The place of the drawing: its canvas, the controls over it, and what stands there when it cannot be drawn. */
import { useEffect, useRef } from "preact/hooks";
import { themeNow } from "../controls/theme";
import { fit, keepFitted, zoom } from "../drawing/camera";
import { DrawingController } from "../drawing/controller";
import { onDrawingKey } from "../drawing/keyboard";
import { isDrawable, watchContext } from "../drawing/support";
import { shownNow } from "../state/session";
import { usePage, useSession, useSpeech, useView } from "./context";
import { Drop } from "./drop";
import { Icon } from "./icons";
import { Legend } from "./legend";
import { IconButton } from "./parts";
import { TablePanel } from "./table";
import { TimeBar } from "./time";

export function Drawing() {
  const state = useSession((session) => session.drawing);
  const isEmpty = useSession((session) => session.isEmpty);
  if (isEmpty) return <EmptyGraph />;
  return state === "ready" ? <Canvas /> : <Instead reason={state} />;
}

function Canvas() {
  const page = usePage();
  const { say } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!isDrawable()) return page.actions.setDrawing("missing");
    const controller = new DrawingController(place.current!, page.session, page.actions, () => themeNow(page.session));
    page.drawing = controller;
    const stopWatching = watchContext(controller.stage, () => page.actions.setDrawing("lost"));
    const onTheme = (): void => controller.redress();
    // What is observed may go before this effect is cleared away.
    const surround = (): void => {
      if (frame.current) surroundings(frame.current, controller);
    };
    const observer = new ResizeObserver(() => {
      surround();
      keepFitted(controller.stage);
    });
    observer.observe(frame.current!);
    surround();
    // Many changes of a moment are one change of the surroundings.
    let asked = 0;
    const stopListening = page.session.store.subscribe(() => {
      cancelAnimationFrame(asked);
      asked = requestAnimationFrame(surround);
    });
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", onTheme);
    return () => {
      observer.disconnect();
      stopListening();
      window.matchMedia("(prefers-color-scheme: dark)").removeEventListener("change", onTheme);
      stopWatching();
      controller.kill();
      page.drawing = null;
    };
  }, []);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (page.drawing && onDrawingKey(event, page.drawing, page.session)) event.preventDefault();
  };
  return (
    <section class="stage" ref={frame} aria-label={say("nav.explore")}>
      <div
        class="canvas"
        ref={place}
        id="drawing"
        tabIndex={0}
        role="application"
        aria-label={say("drawing.label")}
        onKeyDown={onKeyDown}
      />
      <StageTools />
      <Counts />
      <TimeBar />
      <Announcer />
    </section>
  );
}

/** Tells the drawing which of its parts the controls cover, and how far a sheet over it (on a phone) reaches up. */
function surroundings(frame: HTMLElement, controller: DrawingController): void {
  const area = frame.getBoundingClientRect();
  const boxes = [...frame.querySelectorAll(".stage-tools, .time, .legend-card, .stage-count")].map((element) => {
    const box = element.getBoundingClientRect();
    return {
      left: box.left - area.left,
      top: box.top - area.top,
      right: box.right - area.left,
      bottom: box.bottom - area.top,
    };
  });
  const panel = document.querySelector("#panel")?.getBoundingClientRect();
  const isOver = panel !== undefined && panel.height > 0 && panel.left < area.right - 40;
  const isNarrow = area.width <= 700;
  const tools = frame.querySelector(".stage-tools")!.getBoundingClientRect();
  const bottom = isOver ? area.bottom - panel.top : isNarrow ? area.bottom - tools.top : 56;
  const isChanged = bottom !== controller.stage.insets.bottom;
  controller.setSurroundings({ left: 0, top: 8, right: area.width > 760 ? 40 : 0, bottom }, boxes);
  if (isChanged) keepFitted(controller.stage);
}

function StageTools() {
  const page = usePage();
  const { say } = useSpeech();
  const { layout } = useView();
  const sheet = useSession((state) => state.sheet);
  const withStage = (act: (controller: DrawingController) => void) => () => page.drawing && act(page.drawing);
  const isRadial = layout === "radial";
  return (
    <>
      {sheet === "legend" && (
        <div class="legend-card">
          <Legend />
        </div>
      )}
      <div class="stage-tools" role="toolbar" aria-label={say("tool.more")}>
        <IconButton
          icon="plus"
          label={say("tool.zoomIn")}
          keys="+"
          onClick={withStage(({ stage }) => zoom(stage, 1 / 1.4, true))}
        />
        <IconButton
          icon="minus"
          label={say("tool.zoomOut")}
          keys="-"
          onClick={withStage(({ stage }) => zoom(stage, 1.4, true))}
        />
        <IconButton
          icon="fit"
          label={say("tool.fit")}
          keys="0"
          onClick={withStage(({ stage }) => fit(stage, true, undefined, true))}
        />
        <IconButton
          icon="radial"
          label={say(isRadial ? "tool.free" : "tool.radial")}
          pressed={isRadial}
          onClick={() => page.actions.setLayout(isRadial ? "free" : "radial")}
        />
        <IconButton icon="relayout" label={say("tool.relayout")} onClick={() => page.actions.relayout()} />
        <IconButton
          icon="legend"
          label={say("tool.legend")}
          pressed={sheet === "legend"}
          onClick={() => page.actions.toggleSheet("legend")}
        />
      </div>
    </>
  );
}

function Counts() {
  const { say } = useSpeech();
  const { nodes, edges } = useShownCounts();
  const busy = useSession((state) => state.busy > 0);
  return (
    <p class="stage-count">
      {busy && <span class="spinner" />}
      {say("drawing.count", { nodes, edges })}
    </p>
  );
}

function useShownCounts(): { readonly nodes: number; readonly edges: number } {
  const { session } = usePage();
  useSession((state) => state.version);
  useSession((state) => state.loaded);
  useView();
  const { nodes, edges } = shownNow(session);
  return { nodes: nodes.size, edges: edges.size };
}

/** Says aloud, to screen readers, what was chosen and how much is shown. */
function Announcer() {
  const { session } = usePage();
  const speech = useSpeech();
  const { selection } = useView();
  const { nodes, edges } = useShownCounts();
  const words: string[] = [speech.say("drawing.summary", { nodes, edges })];
  if (selection?.type === "node" && session.knowledge.hasNode(selection.id)) {
    words.unshift(speech.name({ id: selection.id, name: selection.id }));
  }
  if (selection?.type === "edge" && session.knowledge.hasEdge(selection.id)) {
    const [source, target] = session.knowledge.extremities(selection.id).map((id) => speech.name({ id, name: id }));
    words.unshift(
      `${source} ${speech.predicate(session.knowledge.getEdgeAttribute(selection.id, "predicate"))} ${target}`,
    );
  }
  return (
    <p class="unseen" role="status" aria-live="polite">
      {words.join(". ")}
    </p>
  );
}

function Instead({ reason }: { readonly reason: "missing" | "lost" }) {
  const { actions } = usePage();
  const { say } = useSpeech();
  return (
    <section class="stage stage-instead" aria-label={say("table.title")}>
      <div class="notice" role="alert">
        <Icon name="conflicts" />
        <p>{say(reason === "missing" ? "problem.webgl" : "problem.context")}</p>
        {reason === "lost" && (
          <button type="button" class="button" onClick={() => actions.setDrawing("ready")}>
            {say("problem.redraw")}
          </button>
        )}
      </div>
      <TablePanel />
    </section>
  );
}

/** Nothing is loaded yet: how to load something, and a place to drop it. */
function EmptyGraph() {
  const { say } = useSpeech();
  return (
    <section class="stage stage-empty" aria-label={say("empty.title")}>
      <div class="empty">
        <h2>{say("empty.title")}</h2>
        <p>{say("empty.body")}</p>
        <Drop />
        <p class="quiet">{say("empty.command")}</p>
        <pre>
          <code>guanxi load report.pdf</code>
        </pre>
        <p class="quiet">{say("empty.seeds")}</p>
      </div>
    </section>
  );
}
