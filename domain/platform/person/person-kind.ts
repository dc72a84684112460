import type { Context } from '../../kernel/context.ts'
import type { Person } from './person.ts'

/** A kind of record that is a person; given by the contexts that have them (functions/people.ts). */
export interface PersonKind {
  prefix: string
  /** Who it is. 404 for a record that there is not, 409 for one that cannot be erased yet. */
  read(ctx: Context, id: string): Promise<Person>
  /** Removes the records themselves, with all by which they are found. Again, it does nothing. */
  remove(ctx: Context, person: Person): Promise<void>
}
