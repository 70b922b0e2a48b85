// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {Credits} from "../../contracts/Credits.sol";
import {OperatorBond} from "../../contracts/OperatorBond.sol";
import {TestDollar} from "../../contracts/TestDollar.sol";
import {BondMessages} from "./BondMessages.sol";
import {deploy} from "./deploy.sol";
import {Handler} from "./Handler.sol";
import {sign, typedDataHash} from "./typedData.sol";
import {VM} from "./Vm.sol";

/// @notice Two bonded factories, which move their stakes and change their keys. Keeps its own books of money.
abstract contract BondedFactories is Handler {
    uint256 public constant FACTORIES = 2;
    uint256 internal constant GATEWAYS = 2;

    TestDollar public immutable token = TestDollar(deploy("TestDollar"));
    OperatorBond public immutable bond;
    Credits internal immutable _credits = Credits(deploy("Credits"));

    /// @notice Base units that went in, and came out by withdrawal.
    uint256 public staked;
    uint256 public withdrawn;
    /// @notice Metering keys of all bonds that there ever were.
    address[] public meteringKeys;

    /// @dev Private keys, which are numbers in turn; and of the factories that serve now, their gateways' by index.
    uint256 private _lastKey = 1_000;
    mapping(address key => uint256) internal _privateKeys;
    uint256[FACTORIES] internal _metering;
    uint256[GATEWAYS][FACTORIES] internal _gateways;
    uint256 private _time = block.timestamp;

    constructor() {
        bond = OperatorBond(deploy("OperatorBond", abi.encode(_credits)));
        token.mint(address(this), 1e60);
        token.approve(address(bond), type(uint256).max);
        for (uint256 who; who < FACTORIES; ++who) {
            _begin(who);
        }
    }

    function bonds() external view returns (uint256) {
        return meteringKeys.length;
    }

    function topUp(uint256 who, uint256 amount) public {
        amount = 1 + amount % 1e12;
        bond.topUp(_meteringKey(who % FACTORIES), amount);
        staked += amount;
        _done();
    }

    function unbond(uint256 who) public {
        address key = _meteringKey(who % FACTORIES);
        (,, uint256 stake, uint64 withdrawableAt,) = bond.bondOf(key);
        if (stake == 0 || withdrawableAt != 0) return;
        bond.unbond(key);
        _done();
    }

    function withdraw(uint256 who) public {
        address key = _meteringKey(who % FACTORIES);
        (,, uint256 stake, uint64 withdrawableAt,) = bond.bondOf(key);
        if (withdrawableAt == 0) return;
        if (withdrawableAt > _time) VM.warp(_time = withdrawableAt);
        require(bond.withdraw(key, address(0xCAFE)) == stake, "withdrew another amount");
        withdrawn += stake;
        _done();
    }

    function replaceKey(uint256 who, uint256 gateway) public {
        (who, gateway) = (who % FACTORIES, gateway % GATEWAYS);
        bond.removeReceiptKey(VM.addr(_gateways[who][gateway]));
        _addReceiptKey(who, gateway);
        _done();
    }

    /// @dev A new bond for new keys, in the place of one that was slashed.
    function _begin(uint256 who) internal {
        uint256 metering = _newKey();
        _metering[who] = metering;
        address key = VM.addr(metering);
        bytes32 consent = BondMessages.meteringKeyConsent(address(this), token);
        bond.bond(key, token, 1e6, _consent(metering, consent));
        staked += 1e6;
        meteringKeys.push(key);
        for (uint256 gateway; gateway < GATEWAYS; ++gateway) {
            _addReceiptKey(who, gateway);
        }
    }

    function _addReceiptKey(uint256 who, uint256 gateway) private {
        uint256 privateKey = _newKey();
        _gateways[who][gateway] = privateKey;
        address metering = _meteringKey(who);
        bytes32 consent = BondMessages.receiptKeyConsent(metering);
        bond.addReceiptKey(metering, VM.addr(privateKey), _consent(privateKey, consent));
    }

    function _newKey() private returns (uint256 privateKey) {
        privateKey = ++_lastKey;
        _privateKeys[VM.addr(privateKey)] = privateKey;
    }

    function _consent(uint256 privateKey, bytes32 structHash) private view returns (bytes memory signature) {
        return sign(privateKey, typedDataHash("Joulemint OperatorBond", block.chainid, address(bond), structHash));
    }

    function _meteringKey(uint256 who) internal view returns (address) {
        return VM.addr(_metering[who]);
    }
}
