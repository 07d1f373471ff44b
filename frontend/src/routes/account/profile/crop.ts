// The square of a picture that is shown, in fractions as Go has them: left and top of the picture's width and height, edge of the
// shorter of the two. Every function gives one that lies inside the picture.
import type { Square } from '../../../backend/model'

export interface Size {
  width: number
  height: number
}

/** The smallest square that anybody is told by, in pixels: Go refuses smaller ones. */
const leastPixels = 32
/** How much of the shorter side the closest look shows. */
const closest = 0.1

/** whole is the largest square, from the middle. */
export function whole(size: Size): Square {
  return around(size, 1, 0.5, 0.5)
}

/** moved is the square shifted by parts of its own edge. */
export function moved(square: Square, size: Size, right: number, down: number): Square {
  const [across, along] = span(square.edge, size)
  return { left: within(square.left + right * across, 1 - across), top: within(square.top + down * along, 1 - along), edge: square.edge }
}

/** zoomed is the square a so much closer look shows, around the same middle. */
export function zoomed(square: Square, size: Size, closer: number): Square {
  const [across, along] = span(square.edge, size)
  return around(size, square.edge / closer, square.left + across / 2, square.top + along / 2)
}

/** least is the edge of the closest look. */
export function least(size: Size): number {
  return Math.min(1, Math.max(closest, leastPixels / Math.min(size.width, size.height)))
}

function around(size: Size, edge: number, x: number, y: number): Square {
  const wanted = Math.min(1, Math.max(least(size), edge))
  const [across, along] = span(wanted, size)
  return { left: within(x - across / 2, 1 - across), top: within(y - along / 2, 1 - along), edge: wanted }
}

/** span is how much of the width and of the height an edge takes. */
function span(edge: number, { width, height }: Size): [number, number] {
  const pixels = edge * Math.min(width, height)
  return [pixels / width, pixels / height]
}

const within = (value: number, most: number) => Math.min(Math.max(value, 0), Math.max(most, 0))
