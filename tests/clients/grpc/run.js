// node run.js server            → prints its port and serves until its input ends
// node run.js client PORT       → calls it through PORT, prints "ok" or what went wrong
'use strict';
const assert = require('node:assert');
const grpc = require('@grpc/grpc-js');

const raw = { requestSerialize: b => b, requestDeserialize: b => b, responseSerialize: b => b, responseDeserialize: b => b };
const method = (name, requestStream, responseStream) => ({ path: `/conway.test.Echo/${name}`, requestStream, responseStream, ...raw });
const definition = {
  unary: method('Unary', false, false),
  refuse: method('Refuse', false, false),
  hang: method('Hang', false, false),
  download: method('Download', false, true),
  upload: method('Upload', true, false),
  chat: method('Chat', true, true),
};

function serve() {
  const server = new grpc.Server();
  server.addService(definition, {
    unary(call, done) {
      const trailer = new grpc.Metadata();
      trailer.set('x-trailer', 'at the end');
      trailer.set('x-caller', String(call.metadata.get('conway-caller')[0]));
      trailer.set('x-timeout', String(call.metadata.get('conway-deadline-ms')[0]));
      done(null, call.request, trailer);
    },
    refuse(call, done) {
      done({ code: grpc.status.FAILED_PRECONDITION, details: 'not today: ümlaut' });
    },
    hang() {},
    download(call) {
      for (let i = 0; i < 100; i++) call.write(Buffer.alloc(10000, i));
      call.end();
    },
    upload(call, done) {
      let bytes = 0;
      call.on('data', b => { bytes += b.length; });
      call.on('end', () => done(null, Buffer.from(String(bytes))));
    },
    chat(call) {
      call.on('data', b => call.write(Buffer.from(`re: ${b}`)));
      call.on('end', () => call.end());
    },
  });
  server.bindAsync('127.0.0.1:0', grpc.ServerCredentials.createInsecure(), (error, port) => {
    if (error) throw error;
    console.log(port);
  });
  process.stdin.on('end', () => process.exit(0)).resume();
}

async function call(port) {
  const Client = grpc.makeGenericClientConstructor(definition, 'Echo');
  const client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const deadline = () => ({ deadline: Date.now() + 10000 });

  await new Promise((resolve, reject) => {
    let trailers;
    const unary = client.unary(Buffer.from('hello'), new grpc.Metadata(), deadline(), (error, answer) => {
      if (error) return reject(error);
      unary.on('status', status => {
        trailers = status.metadata;
        try {
          assert.equal(String(answer), 'hello');
          assert.deepEqual(trailers.get('x-trailer'), ['at the end']);
          assert.ok(Number(trailers.get('x-timeout')[0]) <= 10000 && Number(trailers.get('x-timeout')[0]) > 8000, String(trailers.get('x-timeout')));
          resolve();
        } catch (wrong) { reject(wrong); }
      });
    });
  });

  await new Promise((resolve, reject) => client.refuse(Buffer.from(''), new grpc.Metadata(), deadline(), error => {
    try {
      assert.equal(error.code, grpc.status.FAILED_PRECONDITION);
      assert.equal(error.details, 'not today: ümlaut');
      resolve();
    } catch (wrong) { reject(wrong); }
  }));

  const began = Date.now();
  await new Promise((resolve, reject) => client.hang(Buffer.from(''), new grpc.Metadata(), { deadline: Date.now() + 300 }, error => {
    try {
      assert.equal(error.code, grpc.status.DEADLINE_EXCEEDED);
      assert.ok(Date.now() - began < 3000);
      resolve();
    } catch (wrong) { reject(wrong); }
  }));

  await new Promise((resolve, reject) => {
    let bytes = 0;
    const stream = client.download(Buffer.from(''), new grpc.Metadata(), deadline());
    stream.on('data', b => { bytes += b.length; }).on('error', reject).on('end', () => {
      try { assert.equal(bytes, 1000000); resolve(); } catch (wrong) { reject(wrong); }
    });
  });

  await new Promise((resolve, reject) => {
    const stream = client.upload(new grpc.Metadata(), deadline(), (error, answer) => {
      try { assert.ifError(error); assert.equal(String(answer), '500000'); resolve(); } catch (wrong) { reject(wrong); }
    });
    for (let i = 0; i < 50; i++) stream.write(Buffer.alloc(10000, 1));
    stream.end();
  });

  // Each word is sent only when the answer to the one before is here: nothing may be held back on the way.
  await new Promise((resolve, reject) => {
    const stream = client.chat(new grpc.Metadata(), deadline());
    let said = 0;
    const say = () => said < 5 ? stream.write(Buffer.from(`word ${said++}`)) : stream.end();
    stream.on('data', b => {
      try { assert.equal(String(b), `re: word ${said - 1}`); say(); } catch (wrong) { reject(wrong); }
    }).on('error', reject).on('end', () => said === 5 ? resolve() : reject(new Error(`ended after ${said}`)));
    say();
  });

  client.close();
  console.log('ok');
}

// What a client sees when nobody can answer: prints the status code.
function status(port) {
  const Client = grpc.makeGenericClientConstructor(definition, 'Echo');
  const client = new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  client.unary(Buffer.from(''), new grpc.Metadata(), { deadline: Date.now() + 5000 }, error => {
    console.log(`${error && error.code} ${error && error.details}`);
    client.close();
  });
}

const [what, port] = process.argv.slice(2);
if (what === 'server') serve();
else if (what === 'status') status(port);
else call(port).catch(error => { console.error(error); process.exit(1); });
