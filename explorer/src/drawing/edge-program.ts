/** Draws an edge as a curve with a pattern (solid, dashed, dotted ...) and, where it has a direction, an arrow head. */
import { EdgeProgram, type EdgeProgramType, type ProgramInfo } from "sigma/rendering";
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { compiledWhenDrawn, drawPicture, forgetUncompiled, type ProgramParts } from "./picking";
import { shading } from "./shading";

export interface DrawnEdge extends EdgeDisplayData {
  pattern: number;
  /** Sideways bend as a share of the length; 0 is straight. */
  bend: number;
  /** 1 for an arrow head, and 2 more for a line that stands out. */
  arrow: number;
}

const UNIFORMS = ["u_matrix", "u_scale", "u_viewport", "u_pixelRatio", "u_faint"] as const;
type Uniform = (typeof UNIFORMS)[number];

// The strip runs from 0 (rim of the source) to 1 (foot of the arrow head), then the head itself is 2 (its foot) and 3 (its tip).
const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec2 a_source;
attribute vec2 a_target;
attribute vec4 a_look;
attribute vec2 a_radii;
attribute vec2 a_place;
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_scale;
uniform float u_faint;
varying vec4 v_color;
varying float v_side;
varying float v_half;
varying float v_along;
varying float v_pattern;
const float headLength = 5.5;
const float headHalf = 2.6;

vec2 toPixels(vec2 p) { return (u_matrix * vec3(p, 1.0)).xy * u_viewport * 0.5; }
vec2 curve(vec2 a, vec2 c, vec2 b, float t) {
  return mix(mix(a, c, t), mix(c, b, t), t);
}
vec2 slope(vec2 a, vec2 c, vec2 b, float t) {
  vec2 d = 2.0 * mix(c - a, b - c, t);
  return d / max(length(d), 0.0001);
}
void main() {
  float thickness = a_look.x;
  float bend = a_look.y;
  float lit = step(1.5, a_look.w);
  float arrow = a_look.w - 2.0 * lit;
  vec2 a = toPixels(a_source);
  vec2 b = toPixels(a_target);
  vec2 chord = b - a;
  float size = max(length(chord), 0.001);
  vec2 across = vec2(-chord.y, chord.x) / size;
  vec2 c = (a + b) * 0.5 + across * bend * size;
  float head = arrow * min(headLength + thickness, size * 0.3);
  float first = min(a_radii.x * u_scale / size, 0.45);
  float last = max(1.0 - (a_radii.y * u_scale + 1.5 * arrow) / size, 0.55);
  float foot = max(last - head / size, first);
  float t = a_place.x <= 1.0 ? mix(first, foot, a_place.x) : (a_place.x < 2.5 ? foot : last);
  #ifdef PICKING_MODE
  float half_ = max(thickness * 0.5, 4.0);
  float wide = half_;
  #else
  float half_ = thickness * 0.5;
  float wide = half_ + 0.6;
  #endif
  if (a_place.x > 1.5) wide = arrow > 0.5 ? (a_place.x < 2.5 ? headHalf + thickness * 0.6 : 0.0) : 0.0;
  vec2 direction = slope(a, c, b, t);
  vec2 normal = vec2(-direction.y, direction.x);
  vec2 at = curve(a, c, b, t) + normal * a_place.y * wide;
  gl_Position = vec4(at * 2.0 / u_viewport, 0.0, 1.0);
  v_side = a_place.x > 1.5 ? 0.0 : a_place.y * wide;
  v_half = a_place.x > 1.5 ? 9.0 : half_;
  v_along = t * size * (1.0 + bend * bend * 2.0);
  v_pattern = a_place.x > 1.5 ? 0.0 : a_look.z;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  v_color.a *= mix(u_faint, 1.0, lit);
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying float v_side;
varying float v_half;
varying float v_along;
varying float v_pattern;
uniform float u_pixelRatio;

// Distance in pixels from the nearest stroke of the pattern; negative within it.
float gap(float along) {
  if (v_pattern < 0.5) return -9.0;
  if (v_pattern < 1.5) return abs(mod(along, 17.0) - 8.5) - 6.5;
  if (v_pattern < 2.5) return abs(mod(along, 11.0) - 5.5) - 3.0;
  if (v_pattern < 3.5) return abs(mod(along, 6.0) - 3.0) - 0.9;
  float at = mod(along, 23.0);
  return min(abs(at - 6.5) - 6.5, abs(at - 18.0) - 1.0);
}
void main() {
  #ifdef PICKING_MODE
  gl_FragColor = v_color;
  #else
  float edge = max(abs(v_side) - v_half, gap(v_along));
  float cover = clamp(0.5 - edge * u_pixelRatio, 0.0, 1.0) * v_color.a;
  gl_FragColor = vec4(v_color.rgb * cover, cover);
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

/** Vertices of the strip: pairs along the line, then the two corners and the tip of the head. */
function strip(segments: number): number[][] {
  const places: number[][] = [];
  for (let step = 0; step <= segments; step++) places.push([step / segments, 1], [step / segments, -1]);
  return [...places, [2, 1], [2, -1], [3, 1], [3, -1]];
}

/** `segments`: 1 for straight lines in large graphs, more for smooth curves. */
export function patternEdgeProgram(segments: number): EdgeProgramType {
  const places = strip(segments);
  return class PatternEdgeProgram extends EdgeProgram<Uniform> {
    override getDefinition() {
      const colour = { size: 4, type: UNSIGNED_BYTE, normalized: true };
      return {
        VERTICES: places.length,
        VERTEX_SHADER_SOURCE: VERTEX,
        FRAGMENT_SHADER_SOURCE: FRAGMENT,
        METHOD: TRIANGLE_STRIP,
        UNIFORMS,
        ATTRIBUTES: [
          { name: "a_source", size: 2, type: FLOAT },
          { name: "a_target", size: 2, type: FLOAT },
          { name: "a_look", size: 4, type: FLOAT },
          { name: "a_radii", size: 2, type: FLOAT },
          { name: "a_color", ...colour },
          { name: "a_id", ...colour },
        ],
        CONSTANT_ATTRIBUTES: [{ name: "a_place", size: 2, type: FLOAT }],
        CONSTANT_DATA: places,
      };
    }

    override processVisibleItem(
      index: number,
      start: number,
      source: NodeDisplayData,
      target: NodeDisplayData,
      data: EdgeDisplayData,
    ): void {
      const edge = data as DrawnEdge;
      const array = this.array;
      let at = start;
      array[at++] = source.x;
      array[at++] = source.y;
      array[at++] = target.x;
      array[at++] = target.y;
      array[at++] = edge.size;
      array[at++] = edge.bend;
      array[at++] = edge.pattern;
      array[at++] = edge.arrow;
      array[at++] = source.size;
      array[at++] = target.size;
      array[at++] = floatColor(edge.color);
      array[at++] = index;
    }

    protected override getProgramInfo(...given: ProgramParts): ProgramInfo {
      return compiledWhenDrawn(given, () => super.getProgramInfo(...given));
    }

    override kill(): void {
      forgetUncompiled(this);
      super.kill();
    }

    override render(params: RenderParams): void {
      drawPicture(this, params, (given) => super.render(given));
    }

    override setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
      gl.uniformMatrix3fv(uniformLocations.u_matrix!, false, params.matrix);
      gl.uniform1f(uniformLocations.u_scale!, 1 / params.sizeRatio);
      gl.uniform2f(uniformLocations.u_viewport!, params.width, params.height);
      if (uniformLocations.u_faint) gl.uniform1f(uniformLocations.u_faint, shading().edge);
      if (uniformLocations.u_pixelRatio) gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
    }
  } as unknown as EdgeProgramType;
}
