import type * as z from 'zod'
import type { Context } from '../../../domain/kernel/context.ts'

/** A use case whose record becomes the answer by the route's `present`: to the route's types it answers that already. */
export const presentedAs =
  <S extends z.ZodType>(_response: S) =>
  <I, R>(run: (ctx: Context, input: I) => Promise<R>) =>
    run as unknown as (ctx: Context, input: I) => Promise<z.input<S>>

/** The same of a list. */
export const presentedRows =
  <S extends z.ZodType>(_response: S) =>
  <I, R>(run: (ctx: Context, input: I) => Promise<R>) =>
    run as unknown as (ctx: Context, input: I) => Promise<{ data: z.input<S>[]; page: { next: string | null } }>
