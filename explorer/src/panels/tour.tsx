/** A tour of four cards for the first visit; it never stands in the way of what is behind it. */
import { useEffect, useRef } from "preact/hooks";
import { focusDrawing } from "../controls/focus";
import { usePage, useSession, useSpeech } from "./context";
import { KindMark, LineMark } from "./marks";

const CARDS = 4;

export function Tour() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const at = useSession((state) => state.tour);
  const place = useRef<HTMLElement>(null);
  const isOpen = at !== null;
  useEffect(() => {
    if (isOpen) place.current?.focus({ preventScroll: true });
  }, [isOpen]);
  if (at === null) return null;
  const end = (): void => {
    actions.setTour(null);
    focusDrawing();
  };
  const number = (at + 1) as 1 | 2 | 3 | 4;
  const next = (): void => (at + 1 < CARDS ? actions.setTour(at + 1) : end());
  return (
    <section
      class="tour"
      ref={place}
      tabIndex={-1}
      aria-label={say("tour.title")}
      onKeyDown={(event) => event.key === "Escape" && end()}
    >
      <p class="tour-step">{say("tour.step", { n: number, of: CARDS })}</p>
      <h2>{say(`tour.${number}.title`)}</h2>
      <p>{say(`tour.${number}.body`)}</p>
      <p class="tour-marks">{marksOf(at)}</p>
      <div class="tour-tools">
        <button type="button" class="text-button" onClick={end}>
          {say("tour.skip")}
        </button>
        <button type="button" class="button is-main" onClick={next}>
          {say(at + 1 < CARDS ? "tour.next" : "tour.done")}
        </button>
      </div>
    </section>
  );
}

function marksOf(at: number) {
  if (at === 0) return ["Person", "Company", "Product", "Partnership"].map((kind) => <KindMark kinds={[kind]} />);
  if (at === 2)
    return (["rumoured", "considered", "ended", "negated"] as const).map((name) => <LineMark standing={name} />);
  return null;
}
