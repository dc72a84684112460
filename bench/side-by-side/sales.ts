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
async function sellOnce(crm: Crm): Promise<Story> {
  const customerId = await customerOf(crm)
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

/** Sales by so many clients at the same time: the steps' p50, their sum, CPU of a whole sale, failures. */
export async function selling(crm: Crm, clients: number, sales: number): Promise<Findings> {
  await byClients(clients, clients * 2, () => sellOnce(crm))
  const before = cpuOfDescendants()
  const stories = await byClients(clients, sales, () => sellOnce(crm))
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
        ...(failures[0] ? { reason: `The first failure: ${failures[0]}` } : {}),
        note: 'The CPU counts creating the customer of each sale too.',
      },
    ],
    counts: {},
    details: [`### Quote to cash by ${clients} at once\n\n${table(['step', 'p50 ms', 'p95 ms'], rows)}`],
  }
}
