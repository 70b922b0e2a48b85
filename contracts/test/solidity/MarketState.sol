// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Credits} from "../../contracts/Credits.sol";
import {Shares} from "../../contracts/Shares.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {Offering} from "../../contracts/interfaces/ICredits.sol";
import {AgreeableOperator} from "./AgreeableOperator.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {VM} from "./Vm.sol";

/**
 * @notice Who and what there is in a market: two offerings of one model, three people, of whom one is a contract, and
 * their sessions. The second offering's credits stay where they are bought; its sale ends on the way, and later they
 * expire.
 * @dev The market itself is the model's owner.
 */
abstract contract MarketState is Handler {
    struct Opened {
        uint256 offering;
        address owner;
        uint256 key;
        bytes32 salt;
        bytes32 id;
    }

    uint256 public constant OFFERINGS = 2;
    uint256 public constant PEOPLE = 3;
    /// @dev The treasury's account, and the one that takes its place and gives it back.
    address[2] internal _treasuries = [address(0x7EA5), address(0x7EA6)];
    uint256 private constant FIRST_SIGNER_KEY = 7;

    TestDollar public immutable token;
    Credits public immutable credits = Credits(deploy("Credits"));
    Shares public immutable shares;
    AgreeableOperator public immutable operator = new AgreeableOperator();
    address[PEOPLE] public people;
    Offering[OFFERINGS] internal _offerings;
    Opened[] internal _sessions;
    uint256 internal _time = block.timestamp;

    constructor(TestDollar token_) {
        token = token_;
        address[] memory holders = new address[](PEOPLE);
        uint64[] memory amounts = new uint64[](PEOPLE);
        for (uint256 i; i < PEOPLE; ++i) {
            address key = VM.addr(_key(i));
            people[i] = i == PEOPLE - 1 ? deploy("ContractWallet", abi.encode(key)) : key;
            (holders[i], amounts[i]) = (people[i], uint64(1_000_003 * (i + 1)));
            token.mint(people[i], 1e30);
            VM.prank(people[i]);
            token.approve(address(credits), type(uint256).max);
        }
        shares = _newShares(token, holders, amounts);
        _register(0, 333_333_333, 3_333, 3_334, type(uint64).max, 0, true);
        _register(1, 7, 9_000, 1_000, uint64(_time + 12 hours), uint64(_time + 18 hours), false);
    }

    function offering(uint256 index) external view returns (Offering memory) {
        return _offerings[index];
    }

    function sessions() external view returns (Opened[] memory) {
        return _sessions;
    }

    function idOf(uint256 which) public view returns (bytes32) {
        return credits.offeringId(_offerings[which]);
    }

    function walletOf(uint256 who, uint256 which) public view returns (uint256) {
        return credits.balanceOf(people[who], uint256(idOf(which)));
    }

    /// @dev The private key that signs for a person.
    function _key(uint256 who) internal pure returns (uint256) {
        return 100 + who;
    }

    /// @dev The session that is opened next.
    function _next(uint256 which, address owner) internal view returns (Opened memory next) {
        bytes32 salt = bytes32(_sessions.length);
        uint256 key = FIRST_SIGNER_KEY + _sessions.length % 3;
        next = Opened(which, owner, key, salt, credits.sessionId(idOf(which), owner, VM.addr(key), salt));
    }

    /// @dev The first open session from `at` on; if none is open, any.
    function _session(uint256 at) internal view returns (Opened memory opened, bool open) {
        for (uint256 i; i < _sessions.length && !open; ++i) {
            opened = _sessions[addmod(at, i, _sessions.length)];
            (, uint48 cap,,) = credits.session(idOf(opened.offering), opened.id);
            open = cap != 0;
        }
    }

    function _saleEnded(uint256 which) internal view returns (bool) {
        return _time > _offerings[which].sellUntil;
    }

    function _expired(uint256 which) internal view returns (bool) {
        uint64 expiresAt = _offerings[which].expiresAt;
        return expiresAt != 0 && _time > expiresAt;
    }

    function _register(
        uint256 index,
        uint64 price,
        uint16 holdersBps,
        uint16 treasuryBps,
        uint64 sellUntil,
        uint64 expiresAt,
        bool transferable
    ) private {
        _offerings[index] = Offering({
            model: address(shares),
            kind: bytes32(index),
            termsHash: 0,
            tier: 1,
            paymentToken: address(token),
            pricePerMillion: price,
            rateCardHash: 0,
            holdersBps: holdersBps,
            treasuryBps: treasuryBps,
            treasury: _treasuries[0],
            operator: address(operator),
            sellUntil: sellUntil,
            exitDelay: 1 hours,
            expiresAt: expiresAt,
            transferable: transferable
        });
        credits.register(_offerings[index], "");
    }
}
