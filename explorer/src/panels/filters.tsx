/** What is shown and what is not, each choice with its count. */
import { useEffect, useState } from "preact/hooks";
import { service } from "../api/client";
import { CONFIDENCE_STEPS, type Count, counts, stepOf } from "../state/counts";
import { standing, UNSAID } from "../state/status";
import { type FilterList, NO_FILTERS } from "../state/view";
import { usePage, useSession, useSpeech, useView } from "./context";
import { KindMark, LineMark } from "./marks";
import { Heading } from "./parts";

export function FiltersPanel() {
  const { session, actions } = usePage();
  const speech = useSpeech();
  const { say } = speech;
  const view = useView();
  const loaded = useSession((state) => state.loaded);
  useSession((state) => state.version);
  const titles = useTitles();
  useEffect(() => void actions.loader.sources().catch((failure) => actions.report(failure)), []);
  const tally = counts(view, session.knowledge, loaded);
  const { filters } = view;
  return (
    <section class="filters">
      <Heading>{say("filters.title")}</Heading>
      <p class="filters-tools">
        <button type="button" class="text-button" onClick={() => actions.setFilters(NO_FILTERS)}>
          {say("filters.reset")}
        </button>
        {view.hidden.length > 0 && (
          <button type="button" class="text-button" onClick={() => actions.showHidden()}>
            {say("filters.hidden", { n: view.hidden.length })} · {say("filters.showHidden")}
          </button>
        )}
      </p>
      <Choices
        title={say("filters.kinds")}
        list="kinds"
        counts={tally.kinds}
        off={filters.kinds}
        word={speech.kind}
        mark={(name) => <KindMark kinds={[name]} />}
      />
      <Choices
        title={say("filters.statuses")}
        list="statuses"
        counts={tally.statuses}
        off={filters.statuses}
        word={speech.status}
        mark={(name) => <LineMark standing={standing({ status: name === UNSAID ? null : name, current: null })} />}
      />
      <Choices
        title={say("filters.predicates")}
        list="predicates"
        counts={tally.predicates}
        off={filters.predicates}
        word={(name) => speech.predicate(name)}
      />
      <fieldset>
        <legend>{say("filters.documents")}</legend>
        <div class="steps">
          {tally.documents
            .slice()
            .sort((a, b) => Number(a[0]) - Number(b[0]))
            .slice(0, 6)
            .map(([least, count]) => (
              <label class={filters.minDocuments === Number(least) ? "step is-on" : "step"}>
                <input
                  type="radio"
                  name="documents"
                  checked={filters.minDocuments === Number(least)}
                  onChange={() => actions.setFilters({ minDocuments: Number(least) })}
                />
                {least}+ <span class="count">{count}</span>
              </label>
            ))}
        </div>
      </fieldset>
      <Confidence least={filters.minConfidence} counts={tally.confidence} />
      <label class="choice">
        <input
          type="checkbox"
          checked={filters.undated}
          onChange={() => actions.setFilters({ undated: !filters.undated })}
        />
        {say("filters.undated")}
      </label>
      <Choices
        title={say("filters.sources")}
        list="sources"
        counts={tally.sources}
        off={[]}
        only={filters.sources}
        word={(id) => titles.get(id) ?? id}
      />
    </section>
  );
}

/** How many relations are at least so sure: a figure for the chosen step, and steps of a stair for all of them. */
function Confidence({ least, counts: tally }: { readonly least: number; readonly counts: readonly number[] }) {
  const { actions } = usePage();
  const { say } = useSpeech();
  const step = stepOf(least);
  const n = tally[step] ?? 0;
  return (
    <label class="range">
      <span>
        {say("filters.confidence")} <output>{least === 0 ? say("filters.all") : `≥ ${least.toFixed(2)}`}</output>{" "}
        <span class="count">{n}</span>
      </span>
      <Stair counts={tally} at={step} />
      <input
        type="range"
        min="0"
        max={CONFIDENCE_STEPS}
        step="1"
        value={step}
        aria-label={say("filters.confidence")}
        aria-valuetext={say("filters.atLeast", { value: least.toFixed(2), n })}
        onInput={(event) =>
          actions.setFilters({ minConfidence: Number(event.currentTarget.value) / CONFIDENCE_STEPS }, "confidence")
        }
      />
    </label>
  );
}

function Stair({ counts: tally, at }: { readonly counts: readonly number[]; readonly at: number }) {
  const most = Math.max(1, ...tally);
  return (
    <svg
      class="stair"
      viewBox={`0 0 ${tally.length} 20`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {tally.map((count, step) => {
        const high = (count / most) * 19 + 1;
        return <rect class={step < at ? "is-left-out" : ""} x={step + 0.1} y={20 - high} width={0.8} height={high} />;
      })}
    </svg>
  );
}

interface ChoicesProps {
  readonly title: string;
  readonly list: FilterList;
  readonly counts: readonly Count[];
  readonly off: readonly string[];
  /** Where choices name what is kept: none means all. */
  readonly only?: readonly string[];
  readonly word: (name: string) => string;
  readonly mark?: (name: string) => preact.JSX.Element;
}

function Choices({ title, list, counts: tally, off, only, word, mark }: ChoicesProps) {
  const { actions } = usePage();
  const absent = [...off, ...(only ?? [])].filter((name) => !tally.some(([value]) => value === name));
  const all: readonly Count[] = [...tally, ...absent.map((name) => [name, 0] as const)];
  if (all.length === 0) return null;
  return (
    <fieldset>
      <legend>{title}</legend>
      {all.map(([name, count]) => (
        <label class="choice">
          <input
            type="checkbox"
            checked={only ? only.includes(name) : !off.includes(name)}
            onChange={() => actions.toggleFilter(list, name)}
          />
          {mark?.(name)}
          <span class="choice-name">{word(name)}</span>
          <span class="count">{count}</span>
        </label>
      ))}
    </fieldset>
  );
}

function useTitles(): ReadonlyMap<string, string> {
  const { actions } = usePage();
  const [titles, setTitles] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => {
    service.documents().then(
      ({ items }) => setTitles(new Map(items.map(({ id, title }) => [id, title]))),
      (failure) => actions.report(failure),
    );
  }, []);
  return titles;
}
