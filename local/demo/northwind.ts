import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { LocalProblem } from '../problem.ts'
import { type Firm, type FirmCustomer, nextContactOf, type Person } from './firm.ts'

type Row = Record<string, string>

const countries: Row = {
  Argentina: 'AR',
  Austria: 'AT',
  Belgium: 'BE',
  Brazil: 'BR',
  Canada: 'CA',
  Denmark: 'DK',
  Finland: 'FI',
  France: 'FR',
  Germany: 'DE',
  Ireland: 'IE',
  Italy: 'IT',
  Mexico: 'MX',
  Norway: 'NO',
  Poland: 'PL',
  Portugal: 'PT',
  Spain: 'ES',
  Sweden: 'SE',
  Switzerland: 'CH',
  UK: 'GB',
  USA: 'US',
  Venezuela: 'VE',
}

/** Reads the Northwind tables: employees with their managers, customers with their contact, each owned by who served it most. */
export function northwindFirm(directory: string): Firm {
  const employees = table(directory, 'employees.csv')
  const emails = new Map(employees.map((row) => [row.EmployeeID!, `${row.FirstName}.${row.LastName}@northwind.example`.toLowerCase()]))
  const owner = owners(table(directory, 'orders.csv'))
  const customers = table(directory, 'customers.csv').map((row, n) =>
    customerOf(row, emails.get(owner.get(row.CustomerID!) ?? employees[0]!.EmployeeID!)!, n),
  )
  return {
    name: 'Northwind Traders',
    timeZone: 'America/Los_Angeles',
    currency: 'USD',
    locale: 'en',
    people: people(employees, emails),
    customers,
  }
}

function table(directory: string, file: string): Row[] {
  try {
    return parse(readFileSync(join(directory, file)), { columns: true, bom: true, skip_empty_lines: true })
  } catch (error) {
    throw new LocalProblem(`${join(directory, file)} cannot be read: ${(error as Error).message}`)
  }
}

/** For each customer the employee with most of its orders. */
function owners(orders: Row[]): Map<string, string> {
  const counts = new Map<string, Map<string, number>>()
  for (const { CustomerID, EmployeeID } of orders) {
    const served = counts.get(CustomerID!) ?? new Map<string, number>()
    counts.set(CustomerID!, served.set(EmployeeID!, (served.get(EmployeeID!) ?? 0) + 1))
  }
  return new Map(
    [...counts].map(([customer, served]) => [customer, [...served].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]))[0]![0]]),
  )
}

/** Managers come before those who report to them. */
function people(employees: Row[], emails: Map<string, string>): Person[] {
  const depth = (row: Row): number => (row.ReportsTo ? 1 + depth(employees.find((other) => other.EmployeeID === row.ReportsTo)!) : 0)
  const leads = new Set(employees.map((row) => row.ReportsTo))
  return [...employees]
    .sort((a, b) => depth(a) - depth(b))
    .map((row) => ({
      email: emails.get(row.EmployeeID!)!,
      name: `${row.FirstName} ${row.LastName}`,
      department: row.Title!,
      roles: [leads.has(row.EmployeeID) ? 'manager' : 'rep'],
      ...(row.ReportsTo ? { manager: emails.get(row.ReportsTo)! } : {}),
    }))
}

const filled = (row: Record<string, string | undefined>) => Object.fromEntries(Object.entries(row).filter(([, value]) => value))

function customerOf(row: Row, owner: string, n: number): FirmCustomer {
  const { City: city, Region: province, PostalCode: postalCode, Address: line, Phone: phone } = row
  const address = filled({ city, province, postalCode, line, country: countries[row.Country!] })
  return {
    owner,
    fields: {
      name: row.CompanyName!,
      externalId: row.CustomerID!,
      phones: phone ? [phone] : [],
      addresses: [{ kind: 'office', ...address }],
    },
    contacts: [{ name: row.ContactName!, title: row.ContactTitle!, phones: phone ? [phone] : [], primary: true }],
    visits: [
      { kind: 'visit', daysAgo: 45 + (n % 9), summary: `Showed the new season's list to ${row.ContactName}.`, nextIn: -20 },
      { kind: 'call', daysAgo: 14 + (n % 6), summary: 'Asked how the last delivery sold; wants a call back.', nextIn: nextContactOf(n) },
    ],
  }
}
