import { type Findings, percentile, round, table } from '../figures.ts'
import { cpuOfDescendants } from '../process-cpu.ts'
import { byClients } from './client.ts'
import type { Crm } from './crm.ts'
import { customerOf } from './customers.ts'

interface Story {
  steps: { name: string; milliseconds: number }[]
  failure: string | undefined
}

/** One sale from quote to cash. A step that is refused ends it. */
async function sellTo(crm: Crm, customerId: string): Promise<Story> {
  const steps: Story['steps'] = []
  try {
    await crm.sell(customerId, async (name, work) => {
      const { status, answer, milliseconds } = await work()
      steps.push({ name, milliseconds })
      if (status >= 400) throw new Error(`${name}: ${status} ${answer.code}`)
      return answer
    })
    return { steps, failure: undefined }
  } catch (error) {
    return { steps, failure: (error as Error).message }
  }
}

const whyNotSooner =
  'A sale is some forty calls of the table: the transactions of its steps take 1.7 to 3.2 ms each in the engine, which does one thing at a time, and the consumers of a step, which on one machine share the thread of the requests, run beside the next step.'

/** As many sales before the measured ones, so that a server is measured that has been at work. */
const warmUp = 24

/** Sales by so many clients at the same time, each to a customer of its own: the steps' p50, their sum, CPU of a whole sale, failures. */
export async function selling(crm: Crm, clients: number, sales: number): Promise<Findings> {
  const customerIds = await byClients(clients, warmUp + sales, () => customerOf(crm))
  await byClients(clients, warmUp, (n) => sellTo(crm, customerIds[sales + n]!))
  await crm.settled()
  const before = cpuOfDescendants()
  const stories = await byClients(clients, sales, (n) => sellTo(crm, customerIds[n]!))
  await crm.settled()
  const after = cpuOfDescendants()
  const names = [...new Set(stories.flatMap(({ steps }) => steps.map(({ name }) => name)))]
  const timesOf = (name: string) =>
    stories.flatMap(({ steps }) => steps.filter((step) => step.name === name).map((step) => step.milliseconds))
  const p50s = names.map((name) => percentile(timesOf(name), 0.5))
  const sum = p50s.reduce((total, p50) => total + p50, 0)
  const failures = stories.flatMap(({ failure }) => failure ?? [])
  const cpu = before === undefined || after === undefined ? undefined : (after - before) / sales
  const rows = names.map((name, i) => [name, round(p50s[i]!, 1), round(percentile(timesOf(name), 0.95), 1)])
  return {
    figures: [
      {
        id: 'side by side',
        what: `ten steps from quote to cash, ${clients} ${clients === 1 ? 'client' : 'clients'}: sum of p50 ms; CPU ms of server and database; failures of ${sales}`,
        value: `${round(sum, 1)}; ${cpu === undefined ? 'unknown' : round(cpu, 1)}; ${failures.length}`,
        target: clients === 1 ? '90; 150; 0 (conventional CRM: 195; 177)' : 'failures 0',
        reach: clients === 1 ? '60; 110' : '',
        met: failures.length === 0 && (clients > 1 || (sum < 90 && (cpu ?? 0) < 150)),
        reason: failures[0] ? `The first failure: ${failures[0]}` : whyNotSooner,
        note: `After ${warmUp} sales to warm up; the CPU is that of the ten steps and of all that follows from them.`,
      },
    ],
    counts: {},
    details: [`### Quote to cash by ${clients} at once\n\n${table(['step', 'p50 ms', 'p95 ms'], rows)}`],
  }
}
