/** What the pointer is looked up in is as much work as the picture itself, so it is drawn only when a pointer asks. */
import type Sigma from "sigma";
import type { ProgramInfo } from "sigma/rendering";
import type { RenderParams } from "sigma/types";

/** The part of a sigma program that draws. */
interface Drawing {
  readonly renderer: Sigma;
  normalProgram: ProgramInfo;
  pickProgram: ProgramInfo | null;
}

const putOff = new WeakMap<Sigma, Map<Drawing, () => void>>();

/** What sigma compiles a program from; the first says whether for the picture or for the pointer. */
export type ProgramParts = [
  name: "normal" | "pick",
  gl: WebGLRenderingContext | WebGL2RenderingContext,
  vertexSource: string,
  fragmentSource: string,
  frameBuffer: WebGLFramebuffer | null,
];

const uncompiled = new WeakSet<ProgramInfo>();

/** What the pointer is looked up in is compiled when it is first drawn, so that no picture waits for it. */
export function compiledWhenDrawn([name]: ProgramParts, compile: () => ProgramInfo): ProgramInfo {
  if (name === "normal") return compile();
  let compiled: ProgramInfo | null = null;
  const later: ProgramInfo = new Proxy({} as ProgramInfo, {
    get: (_, part) => {
      compiled ??= compile();
      uncompiled.delete(later);
      return Reflect.get(compiled, part);
    },
  });
  uncompiled.add(later);
  return later;
}

/** There is nothing to clear away of what was never compiled. */
export function forgetUncompiled(program: Pick<Drawing, "pickProgram">): void {
  if (program.pickProgram && uncompiled.has(program.pickProgram)) program.pickProgram = null;
}

/** Draws a program's picture now; what is looked up in waits for `drawPicking`. */
export function drawPicture(program: Drawing, params: RenderParams, draw: (params: RenderParams) => void): void {
  const { renderer, normalProgram, pickProgram } = program;
  program.pickProgram = null;
  draw(params);
  program.pickProgram = pickProgram;
  if (!pickProgram) return;
  // As sigma itself draws it: into its own buffer, which is smaller than the picture.
  const small = { ...params, pixelRatio: params.pixelRatio / params.downSizingRatio };
  const waiting = putOff.get(renderer) ?? new Map<Drawing, () => void>();
  putOff.set(renderer, waiting);
  waiting.set(program, () => {
    Object.assign(program, { normalProgram: pickProgram, pickProgram: null });
    draw(small);
    Object.assign(program, { normalProgram, pickProgram });
  });
}

/** Brings what the pointer is looked up in up to the last picture. */
export function drawPicking(renderer: Sigma): void {
  for (const draw of putOff.get(renderer)?.values() ?? []) draw();
  putOff.delete(renderer);
}

const ASKING = [
  "pointermove",
  "pointerdown",
  "pointerup",
  "click",
  "wheel",
  "touchstart",
  "touchmove",
  "touchend",
] as const;

/** Lets every event of a pointer find what is drawn; they come here before they come to sigma. */
export function bindPicking(renderer: Sigma): void {
  const ready = (): void => drawPicking(renderer);
  for (const type of ASKING) renderer.getContainer().addEventListener(type, ready, { capture: true, passive: true });
}
