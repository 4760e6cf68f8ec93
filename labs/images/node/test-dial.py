"""A client of dial.sock: test-dial.py SOCKET ask|get|echo|crowd PORT [PAUSE_SECONDS]."""
import contextlib
import os
import socket
import sys
import threading
import time


def dial(question):
    call = socket.socket(socket.AF_UNIX)
    call.settimeout(60)
    call.connect(sys.argv[1])
    with contextlib.suppress(BrokenPipeError):  # an answer that did not wait for the question
        call.sendall(question.encode() + b'\n')
    answer = b''
    while not answer.endswith(b'\n'):
        byte = call.recv(1)
        if not byte:
            break
        answer += byte
    return call, answer.decode().strip()


def opened(port):
    call, answer = dial(port)
    if answer != 'ok':
        sys.exit(answer)
    return call


def read(call):
    while got := call.recv(65536):
        yield got


verb, port = sys.argv[2:4]
if verb == 'ask':
    print(dial(port)[1])
elif verb == 'get':
    call = opened(port)
    call.sendall(b'GET / HTTP/1.0\r\nHost: node1\r\n\r\n')
    if not b''.join(read(call)).startswith(b'HTTP/1.'):
        sys.exit('no HTTP')
elif verb == 'echo':
    pause = int(sys.argv[4])
    call = opened(port)
    call.sendall(b'hello')
    if call.recv(5, socket.MSG_WAITALL) != b'hello':
        sys.exit('no echo')
    time.sleep(pause)
    data = os.urandom(16 << 20 if pause else 4096)

    def send():
        call.sendall(data)
        call.shutdown(socket.SHUT_WR)

    threading.Thread(target=send).start()
    if b''.join(read(call)) != data:
        sys.exit('other bytes came back')
elif verb == 'crowd':
    calls = [opened(port) for _ in range(64)]
    if (said := dial(port)[1]) != '64 connections are open':
        sys.exit('the 65th: ' + said)
    for call in calls:
        call.close()
    time.sleep(0.5)
