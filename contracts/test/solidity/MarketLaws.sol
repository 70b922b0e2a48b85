// SPDX-License-Identifier: MIT
pragma solidity 0.8.34;

import {ICredits, Offering} from "../../contracts/interfaces/ICredits.sol";
import {IShares} from "../../contracts/interfaces/IShares.sol";
import {HandlerTest} from "./HandlerTest.sol";
import {Market} from "./Market.sol";
import {Tally} from "./Tally.sol";
import {VM} from "./Vm.sol";

/// @notice What holds in a market at any time, counted from its own sources and from the market's books.
abstract contract MarketLaws is HandlerTest, Tally {
    Market internal _market;

    constructor() {
        _declare("still: buy");
        _declare("still: consume");
        _declare("still: open, contract wallet");
        _declare("still: settle");
        _declare("still: settle, contract wallet");
        _declare("still: settle, expired");
        _declare("still: release");
        _declare("still: claim");
        _declare("still: claimAll");
        _declare("still: close after the delay");
        _declare("still: redeem");
        _declare("over: buy");
        _declare("over: consume");
    }

    /// @dev Sold = outstanding + consumed + redeemed; outstanding = in wallets + unused in open sessions; consumed =
    /// used in sessions + consumed out of wallets.
    function _everyCreditIsInOnePlace() internal view {
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            bytes32 id = _market.idOf(which);
            (uint256 outstanding, uint256 consumed,,,) = _market.credits().offeringState(id);
            require(_market.sold(which) == outstanding + consumed + _market.redeemed(which), "credits sold");
            (uint256 unused, uint256 used) = _inSessions(which);
            require(outstanding == _inWallets(which) + unused, "outstanding");
            require(consumed == used + _market.exercised(which), "consumed");
        }
    }

    /// @dev Balance = value of outstanding credits + revenue not released + split not claimed + dust, to the 1e-9th
    /// of a base unit.
    function _everyBaseUnitIsInOnePlace() internal view {
        uint256 owed = _market.dust();
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            (uint256 outstanding, uint256 consumed, uint256 released,,) =
                _market.credits().offeringState(_market.idOf(which));
            owed += (outstanding + consumed) * o.pricePerMillion - released * 1e9;
            owed += (_market.credits().claimable(o, 0) + _market.credits().claimable(o, 1)) * 1e9;
        }
        require(_market.token().balanceOf(address(_market.credits())) * 1e9 == owed, "balance of credits");
    }

    /// @dev Released revenue = operator's + treasury's + holders' part, of which the shares received theirs.
    function _splitIsExact() internal view {
        uint256 holders = _market.gifts();
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            (,, uint256 released, uint256 operatorClaimed, uint256 treasuryClaimed) =
                _market.credits().offeringState(_market.idOf(which));
            uint256 elsewhere = operatorClaimed + treasuryClaimed + _market.credits().claimable(o, 0)
                + _market.credits().claimable(o, 1);
            holders += released - elsewhere;
        }
        require(_market.shares().lifetimeRevenue() == holders, "lifetime revenue");
    }

    /// @dev What holders can claim is what the shares hold, but for less than a base unit each.
    function _sharesOweWhatTheyHold() internal view {
        uint256 unclaimed = _market.shares().lifetimeRevenue() - _market.shares().claimedRevenue();
        require(_market.token().balanceOf(address(_market.shares())) == unclaimed, "balance of shares");
        uint256 claimable;
        uint256 supply;
        for (uint256 i; i < _market.PEOPLE(); ++i) {
            claimable += _market.shares().claimable(_market.people(i));
            supply += _market.shares().balanceOf(_market.people(i));
        }
        require(claimable <= unclaimed && unclaimed <= claimable + _market.PEOPLE(), "claimable");
        require(supply == _market.shares().totalSupply(), "supply");
    }

    /// @dev Everybody closes their sessions and redeems their credits, without anybody's consent.
    function _leave() internal {
        _requestToClose();
        // The longest delay of the market's offerings.
        _market.wait(1 hours);
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            _close(sessions[i]);
        }
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            for (uint256 who; who < _market.PEOPLE(); ++who) {
                uint256 balance = _market.walletOf(who, which);
                if (balance == 0) continue;
                _market.redeem(who, which, balance - 1);
                _done("still: redeem");
            }
            (uint256 outstanding,,,,) = _market.credits().offeringState(_market.idOf(which));
            require(outstanding == 0, "credits stayed");
        }
    }

    /// @dev Selling ends with its date alone, and consuming with the credits' expiry; settling, releasing, claiming and
    /// leaving never do.
    function _everythingGoesOn() internal {
        _sellingEndsByItself();
        _consumingGoesOn();
        _settlingGoesOn();
        _claimingGoesOn();
        // Beyond every sale and every expiry.
        for (uint256 i; i < 4; ++i) {
            _market.wait(6 hours - 1);
        }
        _sellingEndsByItself();
        _consumingGoesOn();
        _requestToClose();
        _settlingGoesOn();
        _leave();
        _claimingGoesOn();
        // Less than a base unit for each session closed, each credit bought above, twice, and each offering's revenue.
        uint256 bound = _market.dust() + (_market.sessions().length + 3 * _market.OFFERINGS()) * 1e9;
        require(_market.token().balanceOf(address(_market.credits())) * 1e9 < bound, "money stayed");
        require(_market.token().balanceOf(address(_market.shares())) <= _market.PEOPLE(), "revenue stayed");
    }

    function _sellingEndsByItself() private {
        ICredits credits = _market.credits();
        address buyer = _market.people(0);
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            VM.prank(buyer);
            (bool bought,) = address(credits).call(abi.encodeCall(ICredits.buy, (o, 1, buyer)));
            require(bought == (block.timestamp <= o.sellUntil), "selling");
            _done(bought ? bytes32("still: buy") : bytes32("over: buy"));
        }
    }

    /// @dev Everybody consumes a part of what is in their wallets, and opens a session by a signature for another.
    function _consumingGoesOn() private {
        ICredits credits = _market.credits();
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            for (uint256 who; who < _market.PEOPLE(); ++who) {
                uint256 balance = _market.walletOf(who, which);
                if (balance == 0) continue;
                VM.prank(_market.people(who));
                (bool consumed,) =
                    address(credits).call(abi.encodeCall(ICredits.consume, (o, balance / 2 + 1, bytes32(0))));
                require(consumed == !_expired(o), "consuming");
                _done(consumed ? bytes32("still: consume") : bytes32("over: consume"));
                uint256 before = _market.sessions().length;
                _market.openFor(who, which, balance / 4);
                bool opened = _market.sessions().length != before;
                if (opened && _market.people(who).code.length != 0) _done("still: open, contract wallet");
            }
        }
    }

    /// @dev Half of what each session has left is settled.
    function _settlingGoesOn() private {
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            (uint256 cap, uint256 used) = _useOf(sessions[i]);
            if (used >= cap) continue;
            uint256 half = (cap - used + 1) / 2;
            Offering memory o = _market.offering(sessions[i].offering);
            uint256 consumed = _market.credits().settle(o, _market.rowFor(i, uint48(used + half)), 0);
            require(consumed == half, "settling stopped");
            _done("still: settle");
            if (sessions[i].owner.code.length != 0) _done("still: settle, contract wallet");
            if (_expired(o)) _done("still: settle, expired");
        }
    }

    /// @dev What is due is released, and paid to the accounts of the split and to holders.
    function _claimingGoesOn() private {
        for (uint256 which; which < _market.OFFERINGS(); ++which) {
            Offering memory o = _market.offering(which);
            (, uint256 consumed, uint256 released,,) = _market.credits().offeringState(_market.idOf(which));
            uint256 due = consumed * o.pricePerMillion / 1e9 - released;
            require(_market.credits().release(o) == due, "releasing stopped");
            if (due != 0) _done("still: release");
            for (uint8 role; role < 2; ++role) {
                due = _market.credits().claimable(o, role);
                require(_market.credits().claim(o, role) == due, "claiming stopped");
                if (due != 0) _done("still: claim");
            }
        }
        IShares[] memory models = new IShares[](1);
        models[0] = _market.shares();
        for (uint256 who; who < _market.PEOPLE(); ++who) {
            address holder = _market.people(who);
            uint256 due = models[0].claimable(holder);
            require(_market.claims().claimAll(models, holder)[0] == due, "claiming revenue stopped");
            if (due != 0) _done("still: claimAll");
        }
    }

    function _useOf(Market.Opened memory opened) internal view returns (uint256 cap, uint256 used) {
        (, cap, used,) = _market.credits().session(_market.idOf(opened.offering), opened.id);
    }

    /// @dev The owner of every open session that is not closing yet.
    function _requestToClose() private {
        ICredits credits = _market.credits();
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            Offering memory o = _market.offering(sessions[i].offering);
            (, uint48 cap,, uint64 closableAt) = credits.session(credits.offeringId(o), sessions[i].id);
            if (cap == 0 || closableAt != 0) continue;
            address signer = VM.addr(sessions[i].key);
            VM.prank(sessions[i].owner);
            credits.requestClose(o, signer, sessions[i].salt);
        }
    }

    function _close(Market.Opened memory opened) private {
        (uint256 cap, uint256 used) = _useOf(opened);
        if (cap == 0) return;
        Offering memory o = _market.offering(opened.offering);
        address signer = VM.addr(opened.key);
        ICredits credits = _market.credits();
        VM.prank(opened.owner);
        uint256 amount = credits.close(o, signer, opened.salt, opened.owner, "");
        require(amount == (cap - used) * o.pricePerMillion / 1e9, "refund");
        _done("still: close after the delay");
    }

    function _expired(Offering memory o) private view returns (bool) {
        return o.expiresAt != 0 && block.timestamp > o.expiresAt;
    }

    function _inWallets(uint256 which) private view returns (uint256 total) {
        for (uint256 who; who < _market.PEOPLE(); ++who) {
            total += _market.walletOf(who, which);
        }
    }

    function _inSessions(uint256 which) private view returns (uint256 unused, uint256 used) {
        Market.Opened[] memory sessions = _market.sessions();
        for (uint256 i; i < sessions.length; ++i) {
            if (sessions[i].offering != which) continue;
            (uint256 cap, uint256 spent) = _useOf(sessions[i]);
            used += spent;
            // A closed session keeps its use and has no cap.
            if (cap != 0) unused += cap - spent;
        }
    }
}
