/** Something that keeps the local system from starting; its message is one sentence for the person at the keyboard. */
export class LocalProblem extends Error {
  override name = 'LocalProblem'
}
