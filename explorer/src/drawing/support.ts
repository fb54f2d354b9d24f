/** Whether a drawing can be made here, and whether it is still there. */
import type { Stage } from "./stage";

/** Sigma draws with WebGL; the program's instanced drawing needs its second version. */
export function isDrawable(): boolean {
  const context = document.createElement("canvas").getContext("webgl2");
  context?.getExtension("WEBGL_lose_context")?.loseContext();
  return context !== null;
}

/** Calls back when the browser takes a canvas' context away: the drawing would stay blank without a word. */
export function watchContext(stage: Stage, onLost: () => void): () => void {
  const canvases = Object.values(stage.renderer.getCanvases());
  let isStopped = false;
  const lost = (event: Event): void => {
    event.preventDefault();
    if (!isStopped) onLost();
  };
  for (const canvas of canvases) canvas.addEventListener("webglcontextlost", lost);
  return () => {
    isStopped = true;
    for (const canvas of canvases) canvas.removeEventListener("webglcontextlost", lost);
  };
}
