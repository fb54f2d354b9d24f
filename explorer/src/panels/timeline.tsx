/** Dated statements about an entity, oldest first. */
import { service } from "../api/client";
import type { TimelineItem } from "../api/shapes";
import { useFetched, usePage, useSpeech } from "./context";
import { StatusTag, When } from "./parts";

export function Timeline({ id }: { readonly id: string }) {
  const fetched = useFetched(() => service.timeline(id), [id]);
  const { say } = useSpeech();
  return (
    <When fetched={fetched}>
      {({ items }) =>
        items.length === 0 ? (
          <p class="quiet">{say("entity.noTimeline")}</p>
        ) : (
          <ol class="timeline">
            {items.map((item) => (
              <Moment item={item} />
            ))}
          </ol>
        )
      }
    </When>
  );
}

function Moment({ item }: { readonly item: TimelineItem }) {
  const { actions } = usePage();
  const speech = useSpeech();
  const { claim } = item;
  return (
    <li>
      <time dateTime={item.date}>{item.date}</time>
      <button
        type="button"
        class="moment"
        onClick={() => actions.open("document", { document: claim.document.id, claim: claim.id })}
      >
        <span>
          {speech.name(claim.subject)} <em>{speech.predicate(claim.predicate)}</em> {speech.name(claim.object)}
        </span>
        <q>{claim.quote}</q>
        {claim.status && <StatusTag status={claim.status} />}
      </button>
    </li>
  );
}
