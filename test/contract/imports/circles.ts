import { contextOf, importsOf, type Source } from './rules.ts'

type Edges = Map<string, Set<string>>

/** Ways along the edges that come back to where they began: at least one of each circle. */
function circlesIn(edges: Edges): string[] {
  const done = new Set<string>()
  const circles: string[] = []
  const visit = (place: string, trail: string[]): void => {
    if (trail.includes(place)) circles.push([...trail.slice(trail.indexOf(place)), place].join(' -> '))
    if (trail.includes(place) || done.has(place)) return
    for (const next of edges.get(place) ?? []) visit(next, [...trail, place])
    done.add(place)
  }
  for (const place of edges.keys()) visit(place, [])
  return circles
}

/** Contexts that import each other, directly or through others. */
export function contextCycles(sources: readonly Source[]): string[] {
  const edges: Edges = new Map()
  for (const source of sources) {
    const from = contextOf(source.path)
    if (!from) continue
    for (const target of importsOf(source)) {
      const to = contextOf(target)
      if (to && to !== from) edges.set(from, (edges.get(from) ?? new Set()).add(to))
    }
  }
  return circlesIn(edges)
}

/** What is imported for its types alone is gone when the program runs. */
const typesAlone = /^(?:import|export) type\b[^'"]*['"][^'"]+['"]/gm

/** Modules that import each other, directly or through others, for more than types. */
export function moduleCycles(sources: readonly Source[]): string[] {
  return circlesIn(new Map(sources.map(({ path, text }) => [path, new Set(importsOf({ path, text: text.replace(typesAlone, '') }))])))
}
