import type * as z from 'zod'
import type { Permission } from '../../domain/identity/index.ts'
import type { Context } from '../../domain/kernel/context.ts'
import type { FileAnswer } from '../../domain/kernel/file-answer.ts'
import type { ListInput, ListSpec } from '../../domain/kernel/paging.ts'

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'

type PathParams<P extends string> = P extends `${string}{${infer Name}}${infer Rest}` ? { [K in Name]: string } & PathParams<Rest> : unknown
type Out<S> = S extends z.ZodType ? z.output<S> : unknown
type BodyInput<M extends Method, B> = B extends z.ZodType
  ? M extends 'PATCH'
    ? { changes: z.output<B> }
    : M extends 'PUT'
      ? { input: z.output<B> }
      : z.output<B>
  : unknown
type Versioned<M extends Method> = M extends 'PATCH' | 'DELETE' | 'PUT' ? { ifMatch?: string | undefined } : unknown

/** What `run` is given: path parameters, query, body and, where it applies, the page or If-Match. */
type RouteInput<M extends Method, P extends string, B, Q, L> = PathParams<P> &
  BodyInput<M, B> &
  Out<Q> &
  Versioned<M> &
  (L extends ListSpec ? ListInput : unknown)

/** An answer that is no JSON resource: a page, a redirect. */
export interface RawAnswer {
  status: number
  headers: Record<string, string>
  body: string
  /** Bytes, in base64. */
  isBase64?: true
}

/** What a page route gets of the request. */
export interface RawRequest {
  params: Record<string, string>
  query: Record<string, string>
  form: Record<string, string>
  /** The body as it came, where it is no form. */
  body: string
  headers: Record<string, string>
  /** Where it came from on the network. */
  ip: string
}

interface Described {
  /** The OpenAPI summary; also what the docs page shows. */
  summary: string
  description?: string
  /** Operation id; made from method and path when left out. */
  operationId?: string
}

/** One operation of the API. Router, validation, permissions, idempotency, OpenAPI and tests all come from it. */
export interface Route extends Described {
  method: Method
  path: string
  permission: Permission | 'signed-in'
  query?: z.ZodObject
  list?: ListSpec
  body?: z.ZodType
  response?: z.ZodType
  /** Content types of the files that `run` may answer with instead, or as the only answer where there is no `response`. */
  files?: readonly string[]
  /** 200, or 201 for a POST that creates, 202 for one that starts a job, 204 without a response. */
  status: number
  /** A POST that changes nothing takes no Idempotency-Key. */
  readOnly: boolean
  example?: { body?: unknown; response?: unknown }
  /** Last look at a result before it is answered: hides what the caller's role may not see. */
  present?(ctx: Context, result: unknown): unknown
  location?(result: { id: string }): string
  /** Creates or changes: `run` answers `{ record, created }`, and 200 stands beside the 201. */
  upserts?: boolean
  /** The GET of the same address, where this route itself answers nothing. */
  resource?: Route
  run(ctx: Context, input: never): Promise<unknown>
}

/** A public page outside `/v1`: no caller, no JSON. Its token is checked by `run`. */
export interface PageRoute extends Described {
  method: 'GET' | 'POST'
  path: string
  page(request: RawRequest): Promise<RawAnswer>
}

export type AnyRoute = Route | PageRoute

/** A page for the public, of HTML, which is no operation of the API. */
export const isPage = (route: AnyRoute): route is PageRoute => 'page' in route

type Rows<R extends z.ZodType, L> = L extends ListSpec ? { data: z.input<R>[]; page: { next: string | null } } : z.input<R>

interface RouteRecord<M extends Method, P extends string, B, Q, L, R, F> extends Described {
  method: M
  path: P
  permission: Permission | 'signed-in'
  query?: Q
  list?: L
  body?: B
  response?: R
  files?: F
  creates?: boolean
  /** Answers 202: a job carries out what was asked for. */
  accepts?: boolean
  readOnly?: boolean
  example?: { body?: unknown; response?: unknown }
  present?(ctx: Context, result: never): unknown
  location?(result: { id: string }): string
  run(
    ctx: Context,
    input: RouteInput<M, P, B, Q, L>,
  ): Promise<
    R extends z.ZodType ? Rows<R, L> | (F extends readonly string[] ? FileAnswer : never) : F extends readonly string[] ? FileAnswer : void
  >
}

/**
 * Defines one route. The type of `run`'s input comes from path, body, query and list; a result that does not fit the
 * response schema is a compile error. With `list`, `response` is the schema of one row. Only a route that changes nothing
 * answers files: they are not kept with an idempotency key.
 */
export function route<
  const M extends Method,
  const P extends string,
  B extends z.ZodType | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  const L extends ListSpec | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
  const F extends readonly string[] | undefined = undefined,
>(record: RouteRecord<M, P, B, Q, L, R, F>): Route {
  const { creates, accepts, readOnly, ...rest } = record
  const status = creates ? 201 : accepts ? 202 : record.response || record.files ? 200 : 204
  return { ...rest, status, readOnly: record.method === 'GET' || (readOnly ?? false) } as Route
}

type PresentedRecord<M extends Method, P extends string, B, Q, L, R, T> = Omit<
  RouteRecord<M, P, B, Q, L, R, undefined>,
  'present' | 'run'
> & {
  present(ctx: Context, result: T): R extends z.ZodType ? z.input<R> : never
  run(ctx: Context, input: RouteInput<M, P, B, Q, L>): Promise<L extends ListSpec ? { data: T[]; page: { next: string | null } } : T>
}

/** The same for what is kept otherwise than it is answered (amounts in minor units): `present` makes the one of the other. */
export function presented<
  T,
  const M extends Method,
  const P extends string,
  B extends z.ZodType | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  const L extends ListSpec | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(record: PresentedRecord<M, P, B, Q, L, R, T>): Route {
  return route(record)
}

/** Defines a public page. */
export const page = (record: PageRoute): PageRoute => record

/** False where a body may be left out: it is optional, or a POST whose members all are. */
export const needsBody = ({ body, method }: Route): boolean =>
  body !== undefined && !body.safeParse(method === 'POST' ? {} : undefined).success
