import { describe, expect, it } from 'vitest'
import { readCsv } from '../../domain/platform/sheet/read-csv.ts'
import { type Mail, openFirm } from '../support/firm.ts'
import { sharedServer } from '../support/shared-server.ts'
import { all, sourceOf } from '../support/sheets.ts'

const server = sharedServer()

interface Transfer {
  id: string
  status: string
  columns: { heading: string; field: string | null }[]
  preview: string[][]
  rows: Record<string, number>
  reverted: Record<string, number> | null
  upload: { url: string; headers: Record<string, string> }
  errorsUrl: string | null
  url: string | null
}

const rowsAt = async (url: string): Promise<string[][]> => {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer())
  return (await all(readCsv(sourceOf(bytes, 4096), 'utf-8'))).map(({ cells }) => cells)
}

type Names = { data: { name: string }[] }

describe('a sheet of customers', () => {
  it('comes in: uploaded, looked through, tried out, run, its failures downloaded, and taken back', async () => {
    const firm = await openFirm(server, 'bring-in', 'zh-CN')
    const rita = await firm.person({ name: 'Rita', email: 'rita@bring-in.example', roles: ['rep'] })
    const sheet =
      '客户名称*,联系电话,客户级别,编号,颜色\r\n北仑港绳缆,0574-87654321,重要,K-1,red\r\n象山船具,0574-87654322,最大,K-2,blue\r\n镇海锚链,0574-87654323,,K-3,\r\n'
    const bytes = Buffer.from(sheet)
    const at = (path: string, body?: object) => rita.call<Transfer>('POST', path, body)
    const look = (id: string) => rita.call<Transfer>('GET', `/v1/imports/${id}`)
    const names = async () => (await rita.call<Names>('GET', '/v1/customers')).data.map(({ name }) => name).sort()

    const { id, upload } = await at('/v1/imports', { kind: 'customers', fileName: '客户.csv', size: bytes.length, dryRun: true })
    const put = await fetch(upload.url, { method: 'PUT', headers: upload.headers, body: bytes })
    const seen = await at(`/v1/imports/${id}/inspect`)
    await at(`/v1/imports/${id}/start`)
    await server.control('settle')
    const [tried, none] = [await look(id), await names()]
    await rita.call('PATCH', `/v1/imports/${id}`, { dryRun: false })
    await at(`/v1/imports/${id}/start`)
    await server.control('settle')
    const [run, some] = [await look(id), await names()]
    const failures = await rowsAt(run.errorsUrl!)
    await at(`/v1/imports/${id}/revert`)
    await server.control('settle')
    const [reverted, left] = [await look(id), await names()]

    expect(put.status).toBe(200)
    expect(seen.columns.map(({ field }) => field)).toEqual(['name', 'phones', 'level', 'externalId', null])
    expect(seen.preview[0]).toEqual(['北仑港绳缆', '0574-87654321', '重要', 'K-1', 'red'])
    expect([tried.status, tried.rows, none]).toEqual(['checked', { created: 2, updated: 0, skipped: 0, failed: 1 }, []])
    expect([run.status, run.rows]).toEqual(['done', { created: 2, updated: 0, skipped: 0, failed: 1 }])
    expect(some).toEqual(['北仑港绳缆', '镇海锚链'])
    expect(failures).toMatchObject([
      ['行号', '代码', '字段', '原因', '客户名称*', '联系电话', '客户级别', '编号', '颜色'],
      ['3', 'row.value-invalid', 'level', expect.any(String), '象山船具', '0574-87654322', '最大', 'K-2', 'blue'],
    ])
    expect([reverted.status, reverted.reverted, left]).toEqual(['reverted', { reverted: 2, refused: 0 }, []])
  })

  it('goes out: what the caller sees, by a job, downloaded, told to the admin when it is much, and deleted', async () => {
    const firm = await openFirm(server, 'take-out', 'en')
    await firm.admin('PATCH', '/v1/tenant', { unusualExport: 1 })
    const rita = await firm.person({ name: 'Rita', email: 'rita@take-out.example', roles: ['rep'] })
    await rita.call('POST', '/v1/customers', { name: 'Anchor Chains', phones: ['021-63550101'] })
    await rita.call('POST', '/v1/customers', { name: 'Bilge Pumps', phones: ['021-63550102'] })
    await firm.admin('POST', '/v1/customers', { name: 'Not hers' })
    const asked = { kind: 'customers', format: 'csv', columns: ['name', 'phones'], sort: 'name' }

    const { id, status } = await rita.call<Transfer>('POST', '/v1/exports', asked)
    await server.control('settle')
    const done = await rita.call<Transfer>('GET', `/v1/exports/${id}`)
    const rows = await rowsAt(done.url!)
    const { data: admins } = await firm.admin<{ data: { email: string; roles: string[] }[] }>('GET', '/v1/users')
    const mails: Mail[] = await firm.mails(admins.find(({ roles }) => roles.includes('admin'))!.email)
    await rita.call('DELETE', `/v1/exports/${id}`)
    await server.control('settle')
    const after = (await fetch(done.url!)).status
    const deadLetters = (await (await fetch(`${server.url}/_local/dead-letters`)).json()) as { data: unknown[] }

    expect([status, done.status]).toEqual(['running', 'done'])
    expect(rows).toEqual([
      ['Name', 'Phone'],
      ['Anchor Chains', '021-63550101'],
      ['Bilge Pumps', '021-63550102'],
    ])
    expect(mails.map(({ subject }) => subject)).toEqual(['Rita exported 2 rows today'])
    expect(after).toBe(404)
    expect(deadLetters.data).toEqual([])
  })
})
