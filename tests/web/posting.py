"""Operations sent to the sample service by POST, and what they come back with."""

from typing import Any

import httpx
from sample import client

JSON = "application/json"
NAME = '{ opportunity(key: "R2") { name } }'
NAMED = {"data": {"opportunity": {"name": "Bills that explain themselves"}}}


async def post(body: object, accept: str = JSON) -> httpx.Response:
    async with client() as http:
        return await http.post("/graphql", json=body, headers={"accept": accept})


async def post_raw(body: bytes, content_type: str = JSON) -> httpx.Response:
    async with client() as http:
        return await http.post("/graphql", content=body, headers={"content-type": content_type})


def refusal(message: str, code: str = "BAD_USER_INPUT") -> dict[str, Any]:
    return {"errors": [{"message": message, "extensions": {"code": code}}]}
