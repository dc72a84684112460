import * as z from 'zod'
import { Instant } from './dates.ts'
import { ExternalId } from './text.ts'

type Fields = Record<string, z.ZodType>
type OptionalShape<F extends Fields, R extends keyof F> = { [K in R]: F[K] } & { [K in Exclude<keyof F, R>]: z.ZodOptional<F[K]> }
type NullishShape<F extends Fields, R extends keyof F> = { [K in R]: F[K] } & {
  [K in Exclude<keyof F, R>]: z.ZodOptional<z.ZodNullable<F[K]>>
}
type PatchShape<F extends Fields, R extends keyof F> = { [K in R]: z.ZodOptional<F[K]> } & {
  [K in Exclude<keyof F, R>]: z.ZodOptional<z.ZodNullable<F[K]>>
}
type ResourceShape<F extends Fields, R extends keyof F> = { [K in R]: F[K] } & {
  [K in Exclude<keyof F, R>]: F[K] extends z.ZodArray ? z.ZodDefault<F[K]> : z.ZodDefault<z.ZodNullable<F[K]>>
}

/** What every resource carries besides its own fields. */
const commonFields = {
  version: z.int().meta({ description: 'Counts every change; served as ETag.' }),
  createdAt: Instant,
  createdBy: z.string().meta({ description: 'Who created it: a user, an API key or `system`.' }),
  updatedAt: Instant,
}

/**
 * The fields as getters, which zod reads when a shape is first used: a cold start then builds only the shapes that its request
 * needs, a third of all schemas.
 */
const mapFields = <F extends Fields>(fields: F, map: (schema: z.ZodType, name: string) => z.ZodType): Fields => {
  const getters = Object.entries(fields).map(([name, schema]) => [name, { enumerable: true, get: () => map(schema, name) }])
  return Object.defineProperties({}, Object.fromEntries(getters))
}

/**
 * The shapes of a noun, made once from its fields:
 * `create` and `patch` are what callers send (closed; null removes an optional field), `resource` is what they get
 * (every field present, null when unset), `record` is what is stored (unset fields left out).
 */
export function shapesOf<F extends Fields, const R extends keyof F & string, C extends Fields>(
  name: string,
  id: z.ZodType<string>,
  fields: F,
  required: readonly R[],
  computed: C,
) {
  const isRequired = (field: string) => (required as readonly string[]).includes(field)
  const own = { ...fields, externalId: ExternalId.meta({ description: "The caller's own key, unique per tenant and type." }) }
  const create = mapFields(own, (schema, field) => (isRequired(field) ? schema : (schema as z.ZodType).nullish()))
  const patch = mapFields(own, (schema, field) => (isRequired(field) ? schema.optional() : schema.nullish()))
  const isOptional = (schema: z.ZodType, field: string) => (own as Fields)[field] === schema && !isRequired(field)
  const record = mapFields({ id, ...commonFields, ...own }, (schema, field) => (isOptional(schema, field) ? schema.optional() : schema))
  const resource = mapFields({ id, ...own, ...computed, ...commonFields }, (schema, field) => {
    if (!isOptional(schema, field)) return schema
    return schema instanceof z.ZodArray ? schema.default([]) : schema.nullable().default(null)
  })
  type Own = F & { externalId: typeof ExternalId }
  type Common = { id: z.ZodType<string> } & typeof commonFields
  return {
    create: z.strictObject(create as NullishShape<Own, R>).meta({ id: `Create${name}` }),
    patch: z.strictObject(patch as PatchShape<Own, R>).meta({ id: `Change${name}` }),
    record: z.object(record as Common & OptionalShape<Own, R>),
    resource: z.object(resource as Common & ResourceShape<Own, R> & C).meta({ id: name }),
  }
}
