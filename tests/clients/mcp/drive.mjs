// drive.mjs COMMAND FOLDER: reads questions from standard input, one JSON object a line ({"name", "arguments"}); prints the tools, then each answer, a line each.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { readFileSync } from 'node:fs';

const [command, folder] = process.argv.slice(2);
const client = new Client({ name: 'conway-tests', version: '1' });
await client.connect(new StdioClientTransport({ command, args: ['mcp'], cwd: folder, stderr: 'inherit' }));
const { tools } = await client.listTools();
console.log(JSON.stringify({ server: client.getServerVersion(), instructions: client.getInstructions(), tools }));
for (const line of readFileSync(0, 'utf8').split('\n').filter(l => l.length > 0)) {
  const question = JSON.parse(line);
  const answer = await client.callTool(question, undefined, { timeout: 180_000 });
  console.log(JSON.stringify({ isError: answer.isError === true, text: answer.content.map(c => c.text).join('') }));
}
await client.close();
