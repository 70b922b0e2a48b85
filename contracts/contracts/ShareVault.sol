// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {IVotes} from "@openzeppelin/contracts/governance/utils/IVotes.sol";
import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";
import {IERC20} from "@openzeppelin/contracts/token/ERC20/IERC20.sol";
import {ReentrancyGuardTransient} from "@openzeppelin/contracts/utils/ReentrancyGuardTransient.sol";
import {Math} from "@openzeppelin/contracts/utils/math/Math.sol";
import {ShareBox} from "./ShareBox.sol";
import {IShareVault, Lock, Schedule} from "./interfaces/IShareVault.sol";
import {IShares} from "./interfaces/IShares.sol";
import {Accounts} from "./libraries/Accounts.sol";
import {Transfers} from "./libraries/Transfers.sol";

/**
 * @title ShareVault
 * @notice Holds shares that keep earning and voting. `IShareVault` says what each function promises.
 * @dev Every function that changes state is guarded against reentrancy, because each calls a model that may be hostile.
 */
contract ShareVault is IShareVault, ReentrancyGuardTransient {
    address private immutable _boxCode = address(new ShareBox());

    uint256 private _lastId;
    /// @dev A payee of zero stands for the owner.
    mapping(uint256 id => Lock lock) private _locks;
    /// @dev What each lock owes to former payees; adds up to its `reserved`.
    mapping(uint256 id => mapping(address account => uint256 amount)) private _reserved;

    /* ------------------------------------------------ LOCKING ------------------------------------------------ */

    /// @inheritdoc IShareVault
    function lock(IShares model, address owner, uint64 amount, Schedule calldata schedule)
        external
        nonReentrant
        returns (uint256 id)
    {
        if (schedule.start > schedule.cliff || schedule.cliff > schedule.end) {
            revert ShareVault_InvalidSchedule(schedule.start, schedule.cliff, schedule.end);
        }
        return _lock(model, owner, amount, address(0), schedule);
    }

    /// @inheritdoc IShareVault
    function lockUnder(IShares model, address owner, uint64 amount, address controller)
        external
        nonReentrant
        returns (uint256 id)
    {
        _checkAccount(controller, owner);
        // A schedule that has ended: nothing but the controller holds the shares back.
        return _lock(model, owner, amount, controller, Schedule(0, 0, 0));
    }

    /// @inheritdoc IShareVault
    function release(uint256 id, address to, uint64 amount) external nonReentrant {
        Lock storage held = _existing(id);
        address controller = held.controller;
        _checkCaller(controller == address(0) ? held.owner : controller);
        ShareBox box = ShareBox(boxOf(id));
        _checkRecipient(to, box);
        uint64 available = _releasable(held);
        if (amount > available) revert ShareVault_ExceedsReleasable(amount, available);

        held.released += amount;
        emit SharesReleased(id, to, amount);
        box.send(IERC20(address(held.model)), to, amount);
    }

    /* ------------------------------------------------ REVENUE ------------------------------------------------ */

    /// @inheritdoc IShareVault
    function claim(uint256 id) external nonReentrant returns (uint256 amount) {
        Lock storage held = _existing(id);
        address payee = _payeeOf(held);
        if (payee == held.controller) _checkCaller(payee);
        return _claim(id, held, payee, payee);
    }

    /// @inheritdoc IShareVault
    function claimTo(uint256 id, address to) external nonReentrant returns (uint256 amount) {
        return _claim(id, _existing(id), msg.sender, to);
    }

    /// @inheritdoc IShareVault
    function setPayee(uint256 id, address payee) external nonReentrant {
        Lock storage held = _existing(id);
        _checkCaller(held.controller);
        ShareBox box = ShareBox(boxOf(id));
        _checkRecipient(payee, box);
        address former = _payeeOf(held);
        IERC20 token = held.model.paymentToken();
        uint256 due = _claimIntoBox(held, box, token);

        held.payee = payee;
        emit PayeeChanged(id, former, payee);
        if (due == 0) return;
        // What is left to do depends on whether the token refuses; the guard keeps anyone from acting in between.
        if (box.trySend(token, former, due)) {
            emit LockClaimed(id, former, former, due);
        } else {
            held.reserved += due;
            _reserved[id][former] += due;
            emit RevenueReserved(id, former, due);
        }
    }

    /* ------------------------------------------------- VOTES ------------------------------------------------- */

    /// @inheritdoc IShareVault
    function delegate(uint256 id, address delegatee) external nonReentrant {
        Lock storage held = _existing(id);
        _checkCaller(held.owner);
        emit LockDelegated(id, delegatee);
        ShareBox(boxOf(id)).delegate(IVotes(address(held.model)), delegatee);
    }

    /* ------------------------------------------------- VIEWS ------------------------------------------------- */

    /// @inheritdoc IShareVault
    function lockOf(uint256 id) external view returns (Lock memory held) {
        held = _existing(id);
        held.payee = _payeeOf(_locks[id]);
    }

    /// @inheritdoc IShareVault
    function releasable(uint256 id) external view returns (uint64) {
        return _releasable(_existing(id));
    }

    /// @inheritdoc IShareVault
    function claimable(uint256 id, address account) external view returns (uint256 amount) {
        Lock storage held = _existing(id);
        amount = _reserved[id][account];
        if (account == _payeeOf(held)) {
            address box = boxOf(id);
            amount += held.model.claimable(box) + _inBox(held, box, held.model.paymentToken());
        }
    }

    /// @inheritdoc IShareVault
    function boxOf(uint256 id) public view returns (address) {
        return Clones.predictDeterministicAddress(_boxCode, bytes32(id));
    }

    /* ------------------------------------------------ INTERNAL ----------------------------------------------- */

    function _lock(IShares model, address owner, uint64 amount, address controller, Schedule memory schedule)
        private
        returns (uint256 id)
    {
        if (amount == 0) revert ShareVault_ZeroShares();
        if (address(model).code.length == 0) revert ShareVault_InvalidModel(address(model));
        id = ++_lastId;
        address box = Clones.cloneDeterministic(_boxCode, bytes32(id));
        _checkRecipient(owner, ShareBox(box));

        Lock storage held = _locks[id];
        (held.model, held.amount, held.owner, held.controller) = (model, amount, owner, controller);
        held.schedule = schedule;
        emit SharesLocked(id, model, owner, amount, controller, schedule);

        Transfers.pull(IERC20(address(model)), box, amount);
    }

    /// @dev Pays `account` what is reserved for it and, if it is the payee, what the lock has earned.
    function _claim(uint256 id, Lock storage held, address account, address to) private returns (uint256 amount) {
        ShareBox box = ShareBox(boxOf(id));
        _checkRecipient(to, box);
        IERC20 token = held.model.paymentToken();
        uint256 reserved = _reserved[id][account];
        amount = reserved;
        if (account == _payeeOf(held)) amount += _claimIntoBox(held, box, token);
        if (amount == 0) return 0;

        delete _reserved[id][account];
        held.reserved -= reserved;
        emit LockClaimed(id, account, to, amount);
        box.send(token, to, amount);
    }

    /// @dev Claims the revenue of the box into the box, and says how much of it is the payee's: all that came in,
    /// accrued or not, so that it does not become the next payee's. By way of the box, because anyone may have claimed
    /// there before.
    function _claimIntoBox(Lock storage held, ShareBox box, IERC20 token) private returns (uint256) {
        held.model.accrue();
        held.model.claim(address(box));
        return _inBox(held, address(box), token);
    }

    /// @dev A token that took something back leaves nothing to the payee, rather than a lock that cannot be claimed.
    function _inBox(Lock storage held, address box, IERC20 token) private view returns (uint256) {
        return Math.saturatingSub(token.balanceOf(box), held.reserved);
    }

    function _releasable(Lock storage held) private view returns (uint64) {
        return _vested(held.amount, held.schedule) - held.released;
    }

    /// @dev Rounds down: the last unit vests at the end.
    function _vested(uint64 amount, Schedule storage schedule) private view returns (uint64) {
        if (block.timestamp < schedule.cliff) return 0;
        if (block.timestamp >= schedule.end) return amount;
        uint256 elapsed = block.timestamp - schedule.start;
        return uint64(amount * elapsed / (schedule.end - schedule.start));
    }

    function _existing(uint256 id) private view returns (Lock storage held) {
        held = _locks[id];
        if (held.amount == 0) revert ShareVault_UnknownLock(id);
    }

    function _payeeOf(Lock storage held) private view returns (address) {
        address payee = held.payee;
        return payee == address(0) ? held.owner : payee;
    }

    function _checkCaller(address expected) private view {
        if (msg.sender != expected) revert ShareVault_NotAllowed(expected, msg.sender);
    }

    /// @dev Sent back to the box, shares and money would be lost as they are when sent to zero or to this contract.
    function _checkRecipient(address to, ShareBox box) private view {
        _checkAccount(to, address(box));
    }

    function _checkAccount(address account, address excluded) private view {
        if (Accounts.isDeadEnd(account) || account == excluded) revert ShareVault_InvalidAccount(account);
    }
}
