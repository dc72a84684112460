import { Problem } from '../../domain/kernel/errors.ts'
import type { AnyRoute } from './route.ts'

interface Compiled<R extends AnyRoute> {
  route: R
  segments: string[]
}

interface Matched<R extends AnyRoute> {
  route: R
  params: Record<string, string>
}

const isParam = (segment: string) => segment.startsWith('{')

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new Problem('malformed', 'path.malformed', 'The path is not valid percent-encoding.')
  }
}

function match<R extends AnyRoute>(compiled: Compiled<R>, segments: string[]): Record<string, string> | undefined {
  if (compiled.segments.length !== segments.length) return undefined
  const params: Record<string, string> = {}
  for (const [i, wanted] of compiled.segments.entries()) {
    const given = segments[i]!
    if (!isParam(wanted)) {
      if (wanted !== given) return undefined
    } else if (given === '') return undefined
    else params[wanted.slice(1, -1)] = given
  }
  return params
}

/** Finds the route of a request; 404 `route.not-found`, or 405 with `Allow` when only the method is wrong. */
export function router<R extends AnyRoute>(routes: readonly R[]): (method: string, path: string) => Matched<R> {
  const compiled = routes.map((route) => ({ route, segments: route.path.split('/') }))
  return (method, path) => {
    const segments = path.split('/').map(decode)
    const matching = compiled.flatMap((candidate) => {
      const params = match(candidate, segments)
      return params ? [{ route: candidate.route, params }] : []
    })
    const found = matching.find(({ route }) => route.method === method)
    if (found) return found
    if (matching.length === 0)
      throw new Problem('not-found', 'route.not-found', 'There is nothing at this address. GET /openapi.json lists what there is.')
    const allow = [...new Set(matching.map(({ route }) => route.method))].join(', ')
    throw new Problem('method-not-allowed', 'method.not-allowed', `This address serves ${allow}.`, { headers: { allow } })
  }
}
