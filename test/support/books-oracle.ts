/** A movement of what is owed or to a customer's credit, in minor units, on a business date. */
interface Movement {
  on: string
  units: number
}

interface OracleReceivable {
  id: string
  issuedOn: string
  dueOn: string
  movements: Movement[]
}

export interface OracleSource {
  id: string
  noun: 'receipt' | 'credit-note' | 'write-off'
  on: string
  isBill: boolean
  movements: Movement[]
  allocated: Map<string, number>
  /** The latest day on which some of it was used: nothing is taken back before. */
  latest: string
  isRefunded: boolean
  isEnded: boolean
}

const sum = (movements: Movement[], day: string) => movements.reduce((all, { on, units }) => (on <= day ? all + units : all), 0)
const never = '9999-12-31'

export const balanceOf = ({ movements }: { movements: Movement[] }, day = never): number => sum(movements, day)

export type Oracle = ReturnType<typeof emptyBooks>

/** Books kept in memory by the simplest rules there are: every posting is a movement, a balance is a sum. */
export function emptyBooks() {
  const receivables: OracleReceivable[] = []
  const sources: OracleSource[] = []
  const byId = (id: string) => receivables.find((one) => one.id === id)!
  return {
    receivables,
    sources,
    open(one: Omit<OracleReceivable, 'movements'>, units: number) {
      receivables.push({ ...one, movements: [{ on: one.issuedOn, units }] })
    },
    enter(noun: OracleSource['noun'], { id, on, units, isBill = false }: { id: string; on: string; units: number; isBill?: boolean }) {
      const source = {
        id,
        noun,
        on,
        isBill,
        movements: [{ on, units }],
        allocated: new Map(),
        latest: on,
        isRefunded: false,
        isEnded: false,
      }
      sources.push(source)
      return source
    },
    use(source: OracleSource, receivableId: string, units: number, on: string) {
      source.movements.push({ on, units: -units })
      byId(receivableId).movements.push({ on, units: -units })
      source.allocated.set(receivableId, (source.allocated.get(receivableId) ?? 0) + units)
      if (on > source.latest) source.latest = on
    },
    giveBack(source: OracleSource, receivableId: string, units: number, on: string) {
      source.movements.push({ on, units })
      byId(receivableId).movements.push({ on, units })
      source.allocated.set(receivableId, source.allocated.get(receivableId)! - units)
    },
    refund(source: OracleSource, units: number, on: string) {
      source.movements.push({ on, units: -units })
      source.isRefunded = true
    },
    end(source: OracleSource, on: string) {
      for (const [receivableId, units] of source.allocated) byId(receivableId).movements.push({ on, units })
      const used = [...source.allocated.values()].reduce((all, units) => all + units, 0)
      const whole = source.movements[0]!.units
      source.movements.push({ on, units: used - whole })
      source.allocated.clear()
      source.isEnded = true
    },
  }
}
