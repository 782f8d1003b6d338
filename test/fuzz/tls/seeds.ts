import { randomBytes } from 'node:crypto';
import { encodeExtensions } from '../../../electron/tls/wire/clientHello';
import { encodeU16s, Writer } from '../../../electron/tls/wire/bytes';
import { encodeRecord } from '../../../electron/tls/wire/records';

/** Well-formed messages of servers, for a fuzzer to change. `certificate` is any DER. */
export function serverMessages(certificate: Buffer) {
  const empty = Buffer.alloc(0);
  const list24 = (...entries: Buffer[]) => {
    const list = new Writer();
    for (const entry of entries) list.vector24(entry);
    return new Writer().vector24(list.build()).build();
  };
  const hello = (
    suite: number,
    version = 0x0303,
    extensions: { type: number; data: Buffer }[] = [],
  ) =>
    new Writer()
      .u16(version)
      .bytes(randomBytes(32))
      .vector8(randomBytes(32))
      .u16(suite)
      .u8(0)
      .vector16(encodeExtensions(extensions))
      .build();
  const share = new Writer().u16(29).vector16(randomBytes(32)).build();
  const signature = new Writer().u16(0x0804).vector16(randomBytes(128));
  const names = new Writer().vector16(randomBytes(20)).vector16(randomBytes(30)).build();

  return {
    serverHello: [
      hello(0xc02f, 0x0303, [
        { type: 0xff01, data: Buffer.from([0]) },
        { type: 16, data: Buffer.from('000302', 'hex') },
        { type: 35, data: empty },
        { type: 23, data: empty },
      ]),
      hello(0x1301, 0x0303, [
        { type: 43, data: Buffer.from([3, 4]) },
        { type: 51, data: share },
      ]),
      hello(0x002f, 0x0301).subarray(0, 70),
    ],
    certificate: [list24(certificate, certificate), list24()],
    certificateStatus: [new Writer().u8(1).vector24(randomBytes(200)).build()],
    ecdheKeyExchange: [
      new Writer().u8(3).u16(29).vector8(randomBytes(32)).bytes(signature.build()).build(),
    ],
    dheKeyExchange: [
      new Writer()
        .vector16(randomBytes(128))
        .vector16(Buffer.from([2]))
        .vector16(randomBytes(128))
        .bytes(signature.build())
        .build(),
    ],
    rsaExportKeyExchange: [
      new Writer()
        .vector16(randomBytes(64))
        .vector16(Buffer.from([1, 0, 1]))
        .vector16(randomBytes(128))
        .build(),
    ],
    certificateRequest: [
      new Writer()
        .vector8(Buffer.from([1, 64]))
        .vector16(encodeU16s([0x0804, 0x0403]))
        .vector16(names)
        .build(),
    ],
    certificate13: [
      new Writer()
        .vector8(empty)
        .vector24(
          new Writer()
            .vector24(certificate)
            .vector16(
              encodeExtensions([
                { type: 5, data: new Writer().u8(1).vector24(randomBytes(100)).build() },
                { type: 18, data: randomBytes(60) },
              ]),
            )
            .vector24(certificate)
            .vector16(empty)
            .build(),
        )
        .build(),
    ],
    certificateRequest13: [
      new Writer()
        .vector8(empty)
        .vector16(
          encodeExtensions([
            { type: 13, data: new Writer().vector16(encodeU16s([0x0804])).build() },
            { type: 47, data: new Writer().vector16(names).build() },
          ]),
        )
        .build(),
    ],
    encryptedExtensions: [
      new Writer()
        .vector16(encodeExtensions([{ type: 16, data: Buffer.from('0003026832', 'hex') }]))
        .build(),
    ],
    certificateVerify: [signature.build()],
    ticket13: [
      new Writer()
        .u32(7200)
        .u32(1)
        .vector8(Buffer.from([0]))
        .vector16(randomBytes(180))
        .vector16(encodeExtensions([{ type: 42, data: Buffer.from([0, 0, 64, 0]) }]))
        .build(),
    ],
  };
}

export type ServerMessages = ReturnType<typeof serverMessages>;

/** Whole flights up to the ServerHelloDone, in one record or many. */
export function serverFlights(messages: ServerMessages): Buffer[] {
  const message = (type: number, [body]: Buffer[]) =>
    new Writer()
      .u8(type)
      .vector24(body ?? Buffer.alloc(0))
      .build();
  const parts = [
    message(2, messages.serverHello),
    message(11, messages.certificate),
    message(22, messages.certificateStatus),
    message(12, messages.ecdheKeyExchange),
    message(13, messages.certificateRequest),
    message(14, []),
  ];
  const modern = message(2, messages.serverHello.slice(1));
  const alert = (level: number, description: number) =>
    encodeRecord(21, 0x0301, Buffer.from([level, description]));
  return [
    encodeRecord(22, 0x0303, Buffer.concat(parts)),
    Buffer.concat(parts.map((part) => encodeRecord(22, 0x0301, part))),
    Buffer.concat([alert(1, 112), encodeRecord(22, 0x0303, Buffer.concat(parts))]),
    encodeRecord(22, 0x0303, modern),
    alert(2, 40),
  ];
}

/** SSLv2 server hellos and errors ("The SSL Protocol", Netscape 1995, section 2.6). */
export function ssl2Answers(certificate: Buffer): Buffer[] {
  const hello = new Writer()
    .u8(4)
    .u8(0)
    .u8(1)
    .u16(2)
    .u16(certificate.length)
    .u16(6)
    .u16(16)
    .bytes(certificate)
    .bytes(Buffer.from('010080020080', 'hex'))
    .bytes(randomBytes(16))
    .build();
  return [
    new Writer()
      .u16(0x8000 | hello.length)
      .bytes(hello)
      .build(),
    new Writer()
      .u16(hello.length + 4)
      .u8(4)
      .bytes(hello)
      .bytes(Buffer.alloc(4))
      .build(),
    Buffer.from('8003000001', 'hex'),
  ];
}

export const httpAnswers = [
  'HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Length: 5\r\n\r\nhello',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 301 Moved\r\nLocation: https://a.test/\r\n\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nStrict-Transport-Security: max-age="31536000"; includeSubDomains; preload\r\n\r\n5;x=y\r\nhello\r\n0\r\n\r\n',
  'HTTP/1.0 400 Bad\nX: a\n b\nContent-Encoding: gzip\n\n\u001f\u008b\u0008',
].map((text) => Buffer.from(text, 'latin1'));

/** A list of two timestamps (RFC 6962 section 3.3). */
export function sctLists(): Buffer[] {
  const sct = () => {
    const body = new Writer()
      .u8(0)
      .bytes(randomBytes(32))
      .u32(0x191)
      .u32(0)
      .vector16(Buffer.alloc(0));
    return body.u16(0x0403).vector16(randomBytes(70)).build();
  };
  return [new Writer().vector16(new Writer().vector16(sct()).vector16(sct()).build()).build()];
}
