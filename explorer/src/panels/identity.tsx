/** Same or not the same: a pair to compare with a preview, what waits for a decision, what was decided and can be taken back. */
import { useState } from "preact/hooks";
import { Problem, service } from "../api/client";
import type { Change, Judgement, Suggestion } from "../api/shapes";
import { viewOf } from "../state/session";
import { ChangeCard } from "./change";
import { useFetched, useName, usePage, useSession, useSpeech, useView } from "./context";
import { EntityLink, Heading, When } from "./parts";
import { Search } from "./search";

const VERDICTS = ["same", "not_same", "unsure"] as const;
type Verdict = (typeof VERDICTS)[number];

export function IdentityPanel() {
  const { actions } = usePage();
  const { say } = useSpeech();
  const { panel } = useView();
  const { left = "", right = "" } = panel.args;
  const open = (change: Record<string, string>): void => actions.open("identity", { ...panel.args, ...change });
  const [leftName, rightName] = [useName(left), useName(right)];
  return (
    <section class="identity">
      <Heading>{say("identity.title")}</Heading>
      <h3>{say("identity.pick")}</h3>
      <div class="identity-pair">
        <Search label={`${say("identity.pick")} 1`} value={leftName} onChoose={({ id }) => open({ left: id })} />
        <Search label={`${say("identity.pick")} 2`} value={rightName} onChoose={({ id }) => open({ right: id })} />
      </div>
      {left && right && left !== right && <Decision left={left} right={right} key={`${left} ${right}`} />}
      <h3>{say("identity.queue")}</h3>
      <Queue onOpen={(pair) => open(pair)} />
      <h3>{say("identity.past")}</h3>
      <Past />
    </section>
  );
}

function Decision({ left, right }: { readonly left: string; readonly right: string }) {
  const { actions, session } = usePage();
  const { say } = useSpeech();
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const [preview, setPreview] = useState<Change | null>(null);
  const [reason, setReason] = useState("");
  const judge = async (wanted: Verdict, dryRun: boolean): Promise<void> => {
    setVerdict(wanted);
    try {
      const found = await service.judge({ verdict: wanted, left, right, reason }, dryRun);
      if (dryRun) return setPreview(found.change);
      actions.note(say("identity.recorded"));
      actions.open("identity");
      await actions.reload(viewOf(session));
    } catch (failure) {
      if (!(failure instanceof Problem)) throw failure;
      actions.report(failure);
    }
  };
  return (
    <div class="decision">
      <div class="verdicts" role="group" aria-label={say("identity.preview")}>
        {VERDICTS.map((each) => (
          <button type="button" class="button" aria-pressed={verdict === each} onClick={() => void judge(each, true)}>
            {say(`identity.${each}`)}
          </button>
        ))}
      </div>
      {preview && verdict && (
        <div class="preview">
          <h4>{say("identity.preview")}</h4>
          <ChangeCard change={preview} />
          <label class="field-label">
            {say("identity.reason")}
            <input class="field" type="text" value={reason} onInput={(event) => setReason(event.currentTarget.value)} />
          </label>
          <button type="button" class="button is-main" onClick={() => void judge(verdict, false)}>
            {say("identity.record")}
          </button>
        </div>
      )}
    </div>
  );
}

function Queue({ onOpen }: { readonly onOpen: (pair: { left: string; right: string }) => void }) {
  const { say } = useSpeech();
  const version = useSession((state) => state.reloads);
  const fetched = useFetched(() => service.suggestions(), [version]);
  return (
    <When fetched={fetched}>
      {({ items }) =>
        items.length === 0 ? (
          <p class="quiet">{say("identity.none")}</p>
        ) : (
          <ul class="queue">
            {items.map((item) => (
              <li>
                <Pair item={item} onOpen={onOpen} />
              </li>
            ))}
          </ul>
        )
      }
    </When>
  );
}

function Pair({
  item,
  onOpen,
}: {
  readonly item: Suggestion;
  readonly onOpen: (pair: { left: string; right: string }) => void;
}) {
  const speech = useSpeech();
  const { left, right, score, reasons = [] } = item;
  return (
    <button type="button" class="pair" onClick={() => onOpen({ left: left.id, right: right.id })}>
      <span>
        {speech.name(left)} <span class="pair-or">＝?</span> {speech.name(right)}
      </span>
      <span class="quiet">{reasons.join("; ")}</span>
      {typeof score === "number" && <span class="count">{score.toFixed(2)}</span>}
    </button>
  );
}

function Past() {
  const version = useSession((state) => state.reloads);
  const fetched = useFetched(() => service.judgements(), [version]);
  return (
    <When fetched={fetched}>
      {({ items }) => (
        <ul class="past">
          {items.map((item) => (
            <li>
              <Decided item={item} />
            </li>
          ))}
        </ul>
      )}
    </When>
  );
}

function Decided({ item }: { readonly item: Judgement }) {
  const { actions, session } = usePage();
  const { say } = useSpeech();
  const takeBack = async (): Promise<void> => {
    try {
      await service.takeBack(item.id);
      await actions.reload(viewOf(session));
    } catch (failure) {
      actions.report(failure);
    }
  };
  const word = VERDICTS.includes(item.verdict as Verdict) ? say(`identity.${item.verdict as Verdict}`) : item.verdict;
  return (
    <div class="decided">
      <Side item={item} at={0} /> <strong>{word}</strong> <Side item={item} at={1} />
      <span class="quiet">{[item.author, item.at?.slice(0, 10), item.reason].filter(Boolean).join(" · ")}</span>
      <button type="button" class="text-button" onClick={() => void takeBack()}>
        {say("identity.takeBack")}
      </button>
    </div>
  );
}

/** The entity that a side means now, else the name it was judged by. */
function Side({ item, at }: { readonly item: Judgement; readonly at: 0 | 1 }) {
  const entity = at === 0 ? item.left : item.right;
  return entity ? <EntityLink entity={entity} plain /> : <span>{item.sides[at]?.name}</span>;
}
