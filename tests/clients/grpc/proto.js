// node proto.js HOST:PORT FILE package.Service     calls a resource by its contract, prints "ok" or what went wrong
'use strict';
const assert = require('node:assert');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [address, file, name] = process.argv.slice(2);
const Service = name.split('.').reduce((found, part) => found[part], grpc.loadPackageDefinition(loader.loadSync(file, { defaults: true })));
const client = new Service(address, grpc.credentials.createInsecure());
const methods = Object.fromEntries(Object.values(Service.service).map(method => [method.path.split('/').pop().replace(/^(List|Get|Put|Delete).*/, '$1'), method.path.split('/').pop()]));
const ask = (what, request, milliseconds = 20000) =>
  new Promise((resolve, reject) => client[methods[what]](request, { deadline: Date.now() + milliseconds }, (error, answer) => error ? reject(error) : resolve(answer)));
const refused = async (what, request, milliseconds) => {
  try { await ask(what, request, milliseconds); } catch (error) { return error; }
  throw new Error(`${what} was not refused`);
};

async function run() {
  assert.deepEqual(await ask('Put', { id: 'one', name: 'ümlaut' }), { id: 'one', name: 'ümlaut' });
  assert.deepEqual(await ask('Get', { id: 'one' }), { id: 'one', name: 'ümlaut' });
  assert.deepEqual((await ask('List', { limit: 1 })).items, [{ id: 'one', name: 'ümlaut' }]);
  const none = await refused('Get', { id: 'none' });
  assert.deepEqual([none.code, none.details], [grpc.status.NOT_FOUND, "There is none with the id 'none'."]);
  assert.equal((await refused('Put', { id: 'a b', name: 'x' })).code, grpc.status.INVALID_ARGUMENT);
  assert.equal((await refused('Get', { id: 'slow' }, 300)).code, grpc.status.DEADLINE_EXCEEDED);
  await ask('Delete', { id: 'one' });
  assert.equal((await refused('Get', { id: 'one' })).code, grpc.status.NOT_FOUND);
}

run().then(() => console.log('ok'), error => { console.error(error); process.exitCode = 1; }).finally(() => client.close());
