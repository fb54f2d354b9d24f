/** The present view as files: pictures, tables, graphs. All are made here, so they hold what is shown and no more. */
import { PALETTES } from "../drawing/palette";
import { svgOf } from "../drawing/svg";
import type { Page, Speech } from "../panels/context";
import { csvOf } from "../state/csv";
import { graphmlOf, jsonldOf, relationRows } from "../state/exports";
import { shownNow } from "../state/session";
import { themeNow } from "./theme";

export type Format = "png" | "svg" | "csv" | "graphml" | "jsonld";

export async function takeAlong(format: Format, page: Page, speech: Speech): Promise<void> {
  const { session } = page;
  const shown = shownNow(session);
  if (format === "csv")
    return download(
      "guanxi.csv",
      "text/csv",
      `\ufeff${csvOf(relationRows(shown, session.knowledge, (node) => speech.name(node)))}`,
    );
  if (format === "graphml")
    return download("guanxi.graphml", "application/graphml+xml", graphmlOf(shown, session.knowledge));
  if (format === "jsonld") return download("guanxi.jsonld", "application/ld+json", jsonldOf(shown, session.knowledge));
  if (!page.drawing) return page.actions.note(speech.say("problem.webgl"), true);
  const svg = svgOf(page.drawing.stage, PALETTES[themeNow(session)]);
  if (format === "svg") return download("guanxi.svg", "image/svg+xml", svg.text);
  download("guanxi.png", "image/png", await rasterised(svg.text, svg.width, svg.height));
}

/** A picture of twice the screen's resolution. */
async function rasterised(svg: string, width: number, height: number): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  const image = new Image(width, height);
  image.src = address;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext("2d")!.drawImage(image, 0, 0, canvas.width, canvas.height);
  URL.revokeObjectURL(address);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error("The picture is too large for this browser."))),
      "image/png",
    );
  });
}

export function download(name: string, type: string, content: string | Blob): void {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
