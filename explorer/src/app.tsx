/** The page's frame: bar, sections, drawing, panel. */
import type { VNode } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { focusDrawing, focusPanel, isTyping, keepFocus } from "./controls/focus";
import { AskPanel } from "./panels/ask";
import { Bar } from "./panels/bar";
import { ConflictsPanel } from "./panels/conflicts";
import { usePage, useSession, useSpeech, useView } from "./panels/context";
import { DocumentPanel } from "./panels/document";
import { DocumentsPanel } from "./panels/documents";
import { Drawing } from "./panels/drawing";
import { FiltersPanel } from "./panels/filters";
import { IdentityPanel } from "./panels/identity";
import { IconButton } from "./panels/parts";
import { QueryPanel } from "./panels/query";
import { Rail } from "./panels/rail";
import { Selected } from "./panels/selected";
import { Sheets } from "./panels/sheets";
import { TablePanel } from "./panels/table";
import { Tour } from "./panels/tour";
import { WaysPanel } from "./panels/ways";
import type { PanelName } from "./state/view";

const PANELS: Readonly<Record<PanelName, () => VNode>> = {
  explore: () => <Selected />,
  ask: () => <AskPanel />,
  ways: () => <WaysPanel />,
  query: () => <QueryPanel />,
  documents: () => <DocumentsPanel />,
  document: () => <DocumentPanel />,
  identity: () => <IdentityPanel />,
  table: () => <TablePanel />,
  filters: () => <FiltersPanel />,
  conflicts: () => <ConflictsPanel />,
};

const WIDE: readonly PanelName[] = ["query", "table", "document"];

export function App() {
  const { say } = useSpeech();
  return (
    <div class="app">
      <a
        class="skip"
        href="#panel"
        onClick={(event) => {
          event.preventDefault();
          focusPanel();
        }}
      >
        {say("skip.panel")}
      </a>
      <Bar />
      <Rail />
      <main class="main">
        <Drawing />
        <SidePanel />
      </main>
      <Sheets />
      <Notes />
      <Tour />
    </div>
  );
}

function SidePanel() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const { panel, selection } = useView();
  const isOpen = panel.name !== "explore" || selection !== null;
  const place = useRef<HTMLElement>(null);
  useEffect(() => keepFocus(place.current!), []);
  const close = (): void => {
    actions.open("explore");
    actions.select(null);
    focusDrawing();
  };
  return (
    <aside
      id="panel"
      ref={place}
      tabIndex={-1}
      class={`panel ${WIDE.includes(panel.name) ? "is-wide" : ""} ${isOpen ? "is-open" : ""}`}
      aria-label={say(panel.name === "document" ? "nav.documents" : `nav.${panel.name}`)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && isOpen && !event.defaultPrevented && !isTyping(event.target)) close();
      }}
    >
      {isOpen && (
        <div class="panel-close">
          <IconButton icon="close" label={say("tool.close")} onClick={close} />
        </div>
      )}
      <div class="panel-body" key={panel.name}>
        {PANELS[panel.name]()}
      </div>
    </aside>
  );
}

const NOTE_STAYS = 6000;

function Notes() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const note = useSession((state) => state.note);
  const offline = useSession((state) => state.offline);
  useEffect(() => {
    if (!note) return;
    const timer = setTimeout(() => actions.clearNote(), NOTE_STAYS);
    return () => clearTimeout(timer);
  }, [note]);
  return (
    <div class="notes">
      {offline && (
        <div class="note is-problem" role="alert">
          {say("problem.offline")}{" "}
          <button type="button" class="text-button" onClick={() => void actions.retry()}>
            {say("problem.retry")}
          </button>
        </div>
      )}
      {note && (
        <div class={note.isProblem ? "note is-problem" : "note"} role={note.isProblem ? "alert" : "status"}>
          {note.text}
        </div>
      )}
    </div>
  );
}
