/** A tour of four cards for the first visit; it never stands in the way of what is behind it. */
import { usePage, useSession, useSpeech } from "./context";
import { KindMark, LineMark } from "./marks";

const CARDS = 4;

export function Tour() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const at = useSession((state) => state.tour);
  if (at === null) return null;
  const number = (at + 1) as 1 | 2 | 3 | 4;
  const next = (): void => actions.setTour(at + 1 < CARDS ? at + 1 : null);
  return (
    <section class="tour" aria-label={say("tour.title")}>
      <p class="tour-step">{say("tour.step", { n: number, of: CARDS })}</p>
      <h2>{say(`tour.${number}.title`)}</h2>
      <p>{say(`tour.${number}.body`)}</p>
      <p class="tour-marks">{marksOf(at)}</p>
      <div class="tour-tools">
        <button type="button" class="text-button" onClick={() => actions.setTour(null)}>
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
