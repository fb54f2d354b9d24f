/** Draws a node as its kind's shape with a mark in it: circle, rounded square, hexagon, double ring or diamond. */
import { NodeProgram, type NodeProgramType, type ProgramInfo } from "sigma/rendering";
import type { NodeDisplayData, RenderParams } from "sigma/types";
import { floatColor } from "sigma/utils";
import { compiledWhenDrawn, drawPicture, forgetUncompiled, type ProgramParts } from "./picking";
import { shading } from "./shading";

export interface DrawnNode extends NodeDisplayData {
  glyph: number;
  ring: string;
  /** A sum: 1 selected, 2 pinned, 4 standing out. */
  signs: number;
}

const UNIFORMS = ["u_matrix", "u_scale", "u_viewport", "u_pixelRatio", "u_mark", "u_ground", "u_faint"] as const;
type Uniform = (typeof UNIFORMS)[number];

const VERTEX = `
attribute vec4 a_id;
attribute vec4 a_color;
attribute vec4 a_ring;
attribute vec2 a_position;
attribute float a_size;
attribute float a_glyph;
attribute float a_signs;
attribute vec2 a_corner;
uniform mat3 u_matrix;
uniform vec2 u_viewport;
uniform float u_scale;
varying vec4 v_color;
varying vec4 v_ring;
varying vec2 v_at;
varying float v_radius;
varying float v_glyph;
varying float v_signs;
// Room for the rim, and for the ring and the pin of those that have them.
const float plainMargin = 3.0;
const float signedMargin = 6.0;
void main() {
  v_radius = max(a_size * u_scale, 1.5);
  float margin = mod(a_signs, 4.0) > 0.5 ? signedMargin : plainMargin;
  v_at = a_corner * (v_radius + margin);
  vec2 centre = (u_matrix * vec3(a_position, 1.0)).xy;
  gl_Position = vec4(centre + v_at * 2.0 / u_viewport, 0.0, 1.0);
  v_glyph = a_glyph;
  v_signs = a_signs;
  v_ring = a_ring;
  #ifdef PICKING_MODE
  v_color = a_id;
  #else
  v_color = a_color;
  #endif
  v_color.a *= 255.0 / 254.0;
}`;

const FRAGMENT = `
precision highp float;
varying vec4 v_color;
varying vec4 v_ring;
varying vec2 v_at;
varying float v_radius;
varying float v_glyph;
varying float v_signs;
uniform float u_pixelRatio;
uniform vec4 u_mark;
uniform vec4 u_ground;
uniform float u_faint;

float box(vec2 p, vec2 half_, float round_) {
  vec2 q = abs(p) - half_ + round_;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - round_;
}
float hexagon(vec2 p, float r) {
  const vec3 k = vec3(-0.8660254, 0.5, 0.5773503);
  p = abs(p.yx);
  p -= 2.0 * min(dot(k.xy, p), 0.0) * k.xy;
  p -= vec2(clamp(p.x, -k.z * r, k.z * r), r);
  return length(p) * sign(p.y);
}
float shape(vec2 p, float r) {
  if (v_glyph < 0.5) return length(p) - r;
  if (v_glyph < 1.5) return box(p, vec2(r * 0.92), r * 0.34);
  if (v_glyph < 2.5) return hexagon(p, r * 0.86) - r * 0.1;
  if (v_glyph < 3.5) return box(p, vec2(r * 1.12, r * 0.74), r * 0.74);
  return box(mat2(0.7071, -0.7071, 0.7071, 0.7071) * p, vec2(r * 0.78), r * 0.2);
}
float person(vec2 p, float r) {
  float head = length(p - vec2(0.0, r * 0.26)) - r * 0.24;
  float body = max(length(p - vec2(0.0, -r * 0.52)) - r * 0.44, -(p.y + r * 0.46));
  return min(head, body);
}
float building(vec2 p, float r) {
  vec2 q = vec2(abs(p.x) - r * 0.24, abs(p.y) - r * 0.24);
  return box(q, vec2(r * 0.145), r * 0.04);
}
float cube(vec2 p, float r) {
  return abs(hexagon(p, r * 0.34)) - r * 0.085;
}
float rings(vec2 p, float r) {
  vec2 q = vec2(abs(p.x) - r * 0.24, p.y);
  return abs(length(q) - r * 0.32) - r * 0.075;
}
float glyph(vec2 p, float r) {
  if (v_glyph < 0.5) return person(p, r);
  if (v_glyph < 1.5) return building(p, r);
  if (v_glyph < 2.5) return cube(p, r);
  if (v_glyph < 3.5) return rings(p, r);
  return length(p) - r * 0.25;
}
vec4 over(vec4 top, vec4 below) { return top + below * (1.0 - top.a); }
vec4 paint(vec4 colour, float distance_) {
  float cover = clamp(0.5 - distance_ * u_pixelRatio, 0.0, 1.0) * colour.a;
  return vec4(colour.rgb * cover, cover);
}
void main() {
  float d = shape(v_at, v_radius);
  #ifdef PICKING_MODE
  gl_FragColor = d > 1.5 ? vec4(0.0) : v_color;
  #else
  float lit = step(3.5, v_signs);
  float signs = v_signs - 4.0 * lit;
  vec4 result = paint(v_color, d);
  if (v_radius > 6.0) {
    float fade = clamp((v_radius - 6.0) / 3.0, 0.0, 1.0);
    result = over(paint(vec4(u_mark.rgb, u_mark.a * fade), glyph(v_at, v_radius)) * result.a, result);
  }
  // Nodes hide the lines behind them, so what stands back goes towards the ground instead of becoming clear.
  result.rgb = mix(u_ground.rgb * result.a, result.rgb, mix(u_faint, 1.0, lit));
  // A rim of ground keeps lines and neighbours off the shape.
  if (v_radius > 4.0) result = over(result, paint(u_ground, d - 2.2));
  float selected = mod(signs, 2.0);
  if (selected > 0.5) result = over(paint(v_ring, abs(d - 3.6) - 1.1), result);
  if (signs > 1.5) {
    float pin = length(v_at - vec2(v_radius * 0.78)) - 3.4;
    result = over(paint(v_ring, pin), result);
    result = over(paint(vec4(u_mark.rgb, 1.0), pin + 2.0), result);
  }
  gl_FragColor = result;
  #endif
}`;

const { FLOAT, UNSIGNED_BYTE, TRIANGLE_STRIP } = WebGLRenderingContext;

export class GlyphNodeProgram extends NodeProgram<Uniform> {
  override getDefinition() {
    const colour = { size: 4, type: UNSIGNED_BYTE, normalized: true };
    return {
      VERTICES: 4,
      VERTEX_SHADER_SOURCE: VERTEX,
      FRAGMENT_SHADER_SOURCE: FRAGMENT,
      METHOD: TRIANGLE_STRIP,
      UNIFORMS,
      ATTRIBUTES: [
        { name: "a_position", size: 2, type: FLOAT },
        { name: "a_size", size: 1, type: FLOAT },
        { name: "a_glyph", size: 1, type: FLOAT },
        { name: "a_signs", size: 1, type: FLOAT },
        { name: "a_color", ...colour },
        { name: "a_ring", ...colour },
        { name: "a_id", ...colour },
      ],
      CONSTANT_ATTRIBUTES: [{ name: "a_corner", size: 2, type: FLOAT }],
      CONSTANT_DATA: [
        [-1, -1],
        [1, -1],
        [-1, 1],
        [1, 1],
      ],
    };
  }

  override processVisibleItem(index: number, start: number, data: NodeDisplayData): void {
    const node = data as DrawnNode;
    const array = this.array;
    let at = start;
    array[at++] = node.x;
    array[at++] = node.y;
    array[at++] = node.size;
    array[at++] = node.glyph;
    array[at++] = node.signs;
    array[at++] = floatColor(node.color);
    array[at++] = floatColor(node.ring);
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
    if (uniformLocations.u_pixelRatio) gl.uniform1f(uniformLocations.u_pixelRatio, params.pixelRatio);
    const { mark, ground, node } = shading();
    if (uniformLocations.u_mark) gl.uniform4f(uniformLocations.u_mark, ...mark, 0.92);
    if (uniformLocations.u_ground) gl.uniform4f(uniformLocations.u_ground, ...ground, 1);
    if (uniformLocations.u_faint) gl.uniform1f(uniformLocations.u_faint, node);
  }
}

/** Draws a node nothing more when it is pointed at: its name says so. */
export class NoHoverProgram implements InstanceType<NodeProgramType> {
  readonly drawLabel = undefined;
  readonly drawHover = undefined;
  kill(): void {}
  reallocate(): void {}
  process(): void {}
  render(): void {}
}
