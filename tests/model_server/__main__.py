"""Run the server by hand: `python -m tests.model_server --mode inverted --port 8090`."""

import argparse
import sys

from knowledge.generation.adversary import Adversary, Attack
from tests.model_server.faults import Fault
from tests.model_server.phrasebook import translate
from tests.model_server.server import ModelServer, Script


def main() -> None:
    """Read the options and serve until interrupted."""
    modes = [*(attack.value for attack in Attack), *(fault.value for fault in Fault)]
    parser = argparse.ArgumentParser(prog="python -m tests.model_server")
    parser.add_argument("--mode", choices=modes, default=Attack.NONE.value)
    parser.add_argument("--port", type=int, default=8090)
    options = parser.parse_args()
    attack = next((one for one in Attack if one == options.mode), Attack.NONE)
    fault = next((one for one in Fault if one == options.mode), Fault.NONE)
    script = Script(writer=Adversary(attack, translate), fault=fault)
    server = ModelServer(port=options.port, script=script)
    sys.stdout.write(f"HELPDESK_MODEL_URL={server.url} HELPDESK_MODEL_NAME=test\n")
    sys.stdout.flush()
    server.serve()


if __name__ == "__main__":
    main()
