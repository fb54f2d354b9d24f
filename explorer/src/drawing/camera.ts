/** Moves of the camera over a stage. */
import type { Stage } from "./stage";

/** Farther away than this, what was laid out apart runs together. */
const LEGIBLE = 1.3;
const NEUTRAL = { x: 0.5, y: 0.5, ratio: 1, angle: 0 };

/**
 * Shows the given nodes, or all, within the part of the drawing that no panel covers. Where a sheet leaves only half of a
 * phone's drawing, what can be told apart there is shown around what is chosen; with `whole`, all of it nevertheless.
 */
export function fit(stage: Stage, smoothly: boolean, ids?: readonly string[], whole = false): void {
  const farthest = !whole && isSheeted(stage) ? LEGIBLE : 6;
  const state = fittedState(stage, ids ?? [...stage.content.nodes.keys()], farthest);
  if (!state) return;
  const camera = stage.renderer.getCamera();
  if (!ids) lastFit.set(stage, state);
  if (smoothly) void camera.animate(state, { duration: 380, easing: "cubicInOut" });
  else camera.setState(state);
}

/** Fits again after the window changed, unless the person has moved the camera since it was last fitted. */
export function keepFitted(stage: Stage): void {
  const last = lastFit.get(stage);
  const camera = stage.renderer.getCamera();
  if (!last || camera.isAnimated() || last.ratio !== camera.ratio || last.x !== camera.x || last.y !== camera.y) return;
  stage.renderer.resize();
  fit(stage, false);
  stage.renderer.refresh();
}

const lastFit = new WeakMap<Stage, { readonly x: number; readonly y: number; readonly ratio: number }>();

function isSheeted({ insets, renderer }: Stage): boolean {
  return insets.bottom > renderer.getDimensions().height * 0.4;
}

/** Where the camera looks when it cannot show all: at what is chosen, else at the weightiest. */
function anchorOf(stage: Stage, ids: readonly string[]) {
  const { selected, nodes } = stage.look.emphasis;
  const anchor = [selected, ...(nodes ?? []), ...stage.byWeight()].find((id) => id !== null && ids.includes(id));
  return stage.framed(anchor ?? "");
}

function fittedState(stage: Stage, ids: readonly string[], farthest: number) {
  const places = ids.map((id) => stage.framed(id)).filter((data) => data !== undefined);
  if (places.length === 0) return null;
  const xs = places.map(({ x }) => x);
  const ys = places.map(({ y }) => y);
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [low, high] = [Math.min(...ys), Math.max(...ys)];
  const { width, height } = stage.renderer.getDimensions();
  const corner = stage.renderer.viewportToFramedGraph({ x: 0, y: 0 }, { cameraState: NEUTRAL });
  const opposite = stage.renderer.viewportToFramedGraph({ x: width, y: height }, { cameraState: NEUTRAL });
  const unit = (opposite.x - corner.x) / width;
  const { insets } = stage;
  const free = {
    width: width - insets.left - insets.right - Math.min(150, width * 0.2),
    height: height - insets.top - insets.bottom - 76,
  };
  const ratio = Math.max(
    (right - left) / unit / Math.max(free.width, 80),
    (high - low) / unit / Math.max(free.height, 80),
  );
  const bounded = Math.min(farthest, Math.max(ids.length < 12 ? 0.75 : 0.45, ratio));
  const middle = { x: (left + right) / 2, y: (low + high) / 2 };
  const centre = ratio > farthest ? (anchorOf(stage, ids) ?? middle) : middle;
  const shift = {
    x: ((insets.left - insets.right) / 2) * unit * bounded,
    y: ((insets.top - insets.bottom) / 2) * unit * bounded,
  };
  return { x: centre.x - shift.x, y: centre.y + shift.y, ratio: bounded, angle: 0 };
}

/** Brings a node into view without changing the zoom, only when it is out of sight. */
export function reveal(stage: Stage, id: string, smoothly: boolean): void {
  const data = stage.framed(id);
  if (!data) return;
  const { x, y } = stage.renderer.framedGraphToViewport(data);
  if (isSeen(stage, id, 30)) return;
  const { width, height } = stage.renderer.getDimensions();
  const { left, top, right, bottom } = stage.insets;
  const camera = stage.renderer.getCamera();
  const centre = stage.renderer.viewportToFramedGraph({
    x: width / 2 + (x - (left + width - right) / 2),
    y: height / 2 + (y - (top + height - bottom) / 2),
  });
  const state = { ...camera.getState(), x: centre.x, y: centre.y };
  if (smoothly) void camera.animate(state, { duration: 300 });
  else camera.setState(state);
}

/** Whether most of the given nodes are out of sight. */
export function isMostlyHidden(stage: Stage, ids: readonly string[]): boolean {
  return ids.filter((id) => !isSeen(stage, id, 0)).length > ids.length / 2;
}

function isSeen(stage: Stage, id: string, margin: number): boolean {
  const data = stage.framed(id);
  if (!data) return false;
  const { x, y } = stage.renderer.framedGraphToViewport(data);
  const { width, height } = stage.renderer.getDimensions();
  const { left, top, right, bottom } = stage.insets;
  return x > left + margin && y > top + margin && x < width - right - margin && y < height - bottom - margin;
}

export function zoom(stage: Stage, factor: number, smoothly: boolean): void {
  const camera = stage.renderer.getCamera();
  const ratio = camera.getBoundedRatio(camera.ratio * factor);
  if (smoothly) void camera.animate({ ratio }, { duration: 160 });
  else camera.setState({ ratio });
}

export function pan(stage: Stage, dx: number, dy: number): void {
  const { width, height } = stage.renderer.getDimensions();
  const centre = stage.renderer.viewportToFramedGraph({ x: width / 2 + dx, y: height / 2 + dy });
  stage.renderer.getCamera().setState({ x: centre.x, y: centre.y });
}
