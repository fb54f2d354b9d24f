/** The time bar: a date that the drawing is shown as of, month by month, with play. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { eachEdgeAmong, wanted } from "../state/shown";
import { yearsOf } from "../state/time";
import { usePage, useSession, useSpeech, useView } from "./context";
import { IconButton } from "./parts";

const STEP = 650;

export function TimeBar() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const { asOf } = useView();
  const years = useYears();
  const [isPlaying, setPlaying] = useState(false);
  const last = years ? (years[1] + 1 - years[0]) * 12 : 0;
  const now = asOf && years ? monthAt(asOf, years[0]) : last;
  useEffect(() => {
    if (!isPlaying || !years) return;
    const timer = setTimeout(() => {
      if (now + 1 >= last) {
        setPlaying(false);
        actions.setAsOf(null);
      } else actions.setAsOf(monthOf(now + stride(years), years[0]));
    }, STEP);
    return () => clearTimeout(timer);
  }, [isPlaying, now, last]);
  if (!years) return null;
  const play = (): void => {
    if (!isPlaying && asOf === null) actions.setAsOf(monthOf(0, years[0]));
    setPlaying(!isPlaying);
  };
  const set = (month: number): void => actions.setAsOf(month >= last ? null : monthOf(month, years[0]));
  return (
    <div class={asOf ? "time is-set" : "time"} role="group" aria-label={say("time.label")}>
      <IconButton
        icon={isPlaying ? "pause" : "play"}
        label={say(isPlaying ? "time.pause" : "time.play")}
        onClick={play}
      />
      <span class="time-edge">{years[0]}</span>
      <input
        type="range"
        min={0}
        max={last}
        value={Math.min(now, last)}
        aria-label={say("time.label")}
        aria-valuetext={asOf ?? say("time.all")}
        onInput={(event) => set(Number(event.currentTarget.value))}
      />
      <span class="time-edge">{years[1]}</span>
      <output>{asOf ?? say("time.all")}</output>
      {asOf && (
        <IconButton
          icon="close"
          label={say("time.clear")}
          onClick={() => {
            setPlaying(false);
            actions.setAsOf(null);
          }}
        />
      )}
    </div>
  );
}

/** First and last year of what the view asks for, whatever filters and date leave of it. */
function useYears(): readonly [number, number] | null {
  const { session } = usePage();
  const view = useView();
  const loaded = useSession((state) => state.loaded);
  const version = useSession((state) => state.version);
  return useMemo(() => {
    const edges: { since: string | null; until: string | null }[] = [];
    eachEdgeAmong(session.knowledge, wanted(view, session.knowledge, loaded), (_, edge) => edges.push(edge));
    return yearsOf(edges);
  }, [view.expansions, view.extra, view.hidden, loaded, version]);
}

/** Long spans play in larger steps, so that a play takes about half a minute at most. */
function stride([first, last]: readonly [number, number]): number {
  return Math.max(1, Math.round(((last - first + 1) * 12) / 48));
}

function monthAt(date: string, firstYear: number): number {
  const [year, month = "12"] = date.split("-");
  return (Number(year) - firstYear) * 12 + Number(month) - 1;
}

function monthOf(months: number, firstYear: number): string {
  return `${firstYear + Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, "0")}`;
}
