/** The layout's own thread: a task in, places out. */
import { type LayoutTask, layOut } from "./layout";

self.onmessage = ({ data }: MessageEvent<LayoutTask>): void => self.postMessage(layOut(data));
