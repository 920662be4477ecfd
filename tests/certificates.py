"""Certificates of the tests' own: an authority, and what it says of a server on this machine."""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass(frozen=True)
class Certificate:
    """A certificate and its key, as PEM and as they are signed with."""

    signed: x509.Certificate
    secret: ec.EllipticCurvePrivateKey

    @property
    def pem(self) -> bytes:
        return self.signed.public_bytes(serialization.Encoding.PEM)

    @property
    def key(self) -> bytes:
        form = serialization.PrivateFormat.PKCS8
        return self.secret.private_bytes(serialization.Encoding.PEM, form, serialization.NoEncryption())


def authority(name: str = "Council test authority") -> Certificate:
    """An authority that signs itself."""
    secret = ec.generate_private_key(ec.SECP256R1())
    return Certificate(
        _builder(name, secret, _named(name), 30, is_authority=True).sign(secret, hashes.SHA256()), secret
    )


def issued(by: Certificate, address: str = "127.0.0.1", *, days: int = 30) -> Certificate:
    """A server's certificate for an address, good for so many days; below zero it has expired."""
    secret = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(address, secret, by.signed.subject, days, is_authority=False).add_extension(
        x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False
    )
    return Certificate(builder.sign(by.secret, hashes.SHA256()), secret)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(
    name: str, secret: ec.EllipticCurvePrivateKey, issuer: x509.Name, days: int, *, is_authority: bool
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .issuer_name(issuer)
        .public_key(secret.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=60))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=is_authority, path_length=None), critical=True)
    )
